import {
  Fact,
  known,
  Leak,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { SourceHosts } from 'backstage-plugin-pipeline-posture-node';
import { CodeCommitReader } from '../client/CodeCommitReader';
import { findLeaksInBuildspec, redactBuildspec } from '../client/readProject';
import { readEach } from '../client/readEach';
import { runsProject } from '../normalize/actions';
import {
  BuildFileSite,
  buildFileKey,
  buildFileOf,
} from '../normalize/buildspecs';
import { ruleActions } from '../normalize/rules';
import { BuildProject, PipelineDefinition } from './definition';
import { branchOf, RepositoryAddresses } from './RepositoryAddresses';
import { ScopeContext } from './ScopeContext';

/** A buildspec of a repository, without any value that could be a secret. */
export interface BuildFile {
  /** Redacted. */
  text: string;
  leaks: readonly Leak[];
}

/** Longer files are not looked at: no buildspec is. */
const LONGEST = 256 * 1024;

/** Raised when the shape of what is kept changes, so that older values are read anew. */
const FORMAT = 1;

function readText(
  { source, path }: BuildFileSite,
  reads: {
    codecommit: CodeCommitReader;
    addresses: RepositoryAddresses;
    hosts: SourceHosts;
    signal: AbortSignal;
  },
): Promise<Fact<string | null>> | Fact<string | null> {
  const { configuration, provider } = source;
  if (provider === 'CodeCommit') {
    return reads.codecommit.file(
      configuration.RepositoryName ?? '',
      branchOf(configuration),
      path,
    );
  }
  return reads.addresses
    .of(source)
    .then(address =>
      address.known
        ? reads.hosts.readFile(
            { ...address.value, path },
            { signal: reads.signal },
          )
        : address,
    );
}

function withoutSecrets(
  text: Fact<string | null>,
  path: string,
): Fact<BuildFile | null> {
  if (!text.known) return text;
  if (text.value === null) return known(null, text.evidence);
  if (text.value.length > LONGEST) {
    return unknown({
      code: 'too-large',
      message: `${path} is longer than 256 KiB and was not looked at.`,
      actor: 'service-owner',
      action: `Make ${path} shorter, for example by calling scripts.`,
    });
  }
  const url = text.evidence[0]?.url;
  return known(
    {
      text: redactBuildspec(text.value),
      leaks: findLeaksInBuildspec(text.value, `${path} in the repository`, url),
    },
    text.evidence,
  );
}

function sitesOf(
  definition: PipelineDefinition,
  projects: ReadonlyMap<string, Fact<BuildProject>>,
): BuildFileSite[] {
  return definition.stages
    .flatMap(stage => [...stage.actions, ...ruleActions(stage)])
    .filter(runsProject)
    .flatMap(action => {
      const project = projects.get(action.configuration.ProjectName ?? '');
      const site =
        project?.known && buildFileOf(action, project.value, definition);
      return site && site.known ? [site.value] : [];
    });
}

/**
 * The buildspecs that builds take from repositories. They have no mark of change
 * that AWS tells in bulk: each is read once a day, or when its pipeline is checked.
 */
export async function readBuildFiles(
  definitions: readonly PipelineDefinition[],
  options: {
    projects: ReadonlyMap<string, Fact<BuildProject>>;
    codecommit: CodeCommitReader;
    addresses: RepositoryAddresses;
    context: ScopeContext;
  },
): Promise<Map<string, Fact<BuildFile | null>>> {
  const { checkpoints, now, only, signal } = options.context.options;
  const today = `${FORMAT}:${now.toISOString().slice(0, 10)}`;
  const kept = await checkpoints.list<{
    file: BuildFile | null;
    url?: string;
    source: string;
  }>('build-file/');
  const sites = new Map<string, BuildFileSite>();
  const asked = new Set<string>();
  for (const definition of definitions) {
    for (const site of sitesOf(definition, options.projects)) {
      sites.set(buildFileKey(site), site);
      if (definition.name === only?.id) asked.add(buildFileKey(site));
    }
  }
  const anew = options.context.sourceHosts.anew();
  return readEach(sites.keys(), async key => {
    const before = kept.get(`build-file/${key}`);
    if (before?.marker === today && !asked.has(key)) {
      const { file, ...evidence } = before.value;
      return known(file, evidence);
    }
    const site = sites.get(key) as BuildFileSite;
    const read = withoutSecrets(
      await readText(site, {
        codecommit: options.codecommit,
        addresses: options.addresses,
        hosts: asked.has(key) ? anew : options.context.sourceHosts,
        signal,
      }),
      site.path,
    );
    if (read.known) {
      const [evidence = { source: 'repository' }] = read.evidence;
      await checkpoints.set(`build-file/${key}`, today, {
        file: read.value,
        source: evidence.source,
        url: evidence.url,
      });
    }
    return read;
  });
}
