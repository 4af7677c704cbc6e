import { Fact, PipelineRef } from 'backstage-plugin-pipeline-posture-common';
import {
  BranchRules,
  SourceHosts,
  unreadBranch,
} from 'backstage-plugin-pipeline-posture-node';
import { readEach } from '../client/readEach';
import { BuildProject, PipelineDefinition } from './definition';
import {
  branchKey,
  isForeignSource,
  onEachBranch,
  RepositoryAddresses,
} from './RepositoryAddresses';

/** The file in the repository that the first build follows. */
function pipelineFileOf(
  { stages }: PipelineDefinition,
  projects: ReadonlyMap<string, Fact<BuildProject>>,
): string {
  for (const { actions } of stages) {
    for (const { configuration } of actions) {
      const project = projects.get(configuration.ProjectName ?? '');
      const spec = project?.known ? project.value.source.buildspec.trim() : '';
      if (spec && !/\n|:/.test(spec)) return spec;
    }
  }
  return 'buildspec.yml';
}

/**
 * The branch rules of every repository that is not in CodeCommit. Each repository and branch is asked for once, and
 * those of the pipeline that is checked on request are asked for anew; its hosts limit how much they may be asked.
 */
export async function readBranchRules(
  definitions: readonly PipelineDefinition[],
  options: {
    projects: ReadonlyMap<string, Fact<BuildProject>>;
    addresses: RepositoryAddresses;
    hosts: SourceHosts;
    /** The one pipeline that is checked on request. */
    only?: PipelineRef;
    signal: AbortSignal;
  },
): Promise<Map<string, BranchRules>> {
  const sitesOf = (definition: PipelineDefinition) =>
    definition.stages
      .flatMap(({ actions }) => actions.filter(isForeignSource))
      .flatMap(action => onEachBranch(action, definition))
      .map(action => [branchKey(action), { action, definition }] as const);
  const sources = new Map(definitions.flatMap(sitesOf));
  const asked = new Set(
    definitions
      .filter(({ name }) => name === options.only?.id)
      .flatMap(sitesOf)
      .map(([key]) => key),
  );
  const anew = options.hosts.anew();
  const rules = await readEach(
    sources.values(),
    async ({ action, definition }) => {
      const address = await options.addresses.of(action);
      if (!address.known) return unreadBranch(address.reason);
      const pipelineFile = pipelineFileOf(definition, options.projects);
      const hosts = asked.has(branchKey(action)) ? anew : options.hosts;
      return hosts.read(
        { ...address.value, pipelineFile },
        { signal: options.signal },
      );
    },
  );
  return new Map(
    [...rules].map(([{ action }, read]) => [branchKey(action), read]),
  );
}
