import {
  Fact,
  unknown,
  UnknownCode,
} from 'backstage-plugin-pipeline-posture-common';
import { Definition } from '../client/wire';
import { CodeReading } from '../reading/types';
import { branchOfDefinition } from '../normalize/branchElsewhere';
import { SourceFile } from '../yaml/nodes';

/** The file that holds a YAML pipeline; undefined for one whose code lies on another host. */
export function rootFile(
  definition: Definition,
  project: string,
): SourceFile | undefined {
  const { repository, process } = definition;
  if (process?.yamlFilename === undefined || !repository?.name)
    return undefined;
  if ((repository.type ?? '').toLowerCase() !== 'tfsgit') return undefined;
  const other = /\/([^/]+)\/_git\//.exec(repository.url ?? '');
  const branch = repository.defaultBranch ?? '';
  return {
    project: other ? decodeURIComponent(other[1]) : project,
    repository: repository.name,
    ref:
      branch === '' || branch.startsWith('refs/')
        ? branch
        : `refs/heads/${branch}`,
    path: process.yamlFilename.startsWith('/')
      ? process.yamlFilename
      : `/${process.yamlFilename}`,
  };
}

/** The file that holds a YAML pipeline on another host, as far as its definition tells. */
export function rootFileElsewhere(
  definition: Definition,
): SourceFile | undefined {
  const branch = branchOfDefinition(definition);
  if (!branch?.pipelineFile) return undefined;
  const [repository = '', project = ''] = branch.url.split('/').reverse();
  return {
    project,
    repository,
    ref: `refs/heads/${branch.branch}`,
    path: `/${branch.pipelineFile}`,
    address: branch.url,
  };
}

export function unreadable(
  code: UnknownCode,
  because: string,
  file: SourceFile,
): Fact<CodeReading> {
  const ours =
    code === 'permission-missing' ||
    code === 'throttled' ||
    code === 'source-unreachable' ||
    code === 'not-found';
  const message = `The code of the pipeline could not be read: ${because}.`;
  if (file.address && ours) {
    return unknown({
      code,
      message,
      permission: 'Contents: read',
      actor: 'platform-team',
      action: `Check that ${file.path} is in ${file.address}, and that the integration of the configuration may read it.`,
    });
  }
  return unknown({
    code,
    message,
    call: 'POST {project}/_apis/git/repositories/{repository}/blobs',
    ...(ours && {
      permission: 'Code (Read) (vso.code) and Read on the repository',
    }),
    actor: ours ? 'platform-team' : 'service-owner',
    action: ours
      ? `Check that ${file.path} is in ${file.project}/${file.repository}, and give the reader Read on the repository.`
      : `Correct ${file.path} in ${file.project}/${file.repository}, or review the pipeline by hand.`,
  });
}

export function onAnotherHost(definition: Definition): Fact<CodeReading> {
  return unknown({
    code: 'not-connected',
    message: `The code of the pipeline is in a ${
      definition.repository?.type ?? 'foreign'
    } repository, which is not read.`,
    actor: 'platform-team',
    action:
      'Add its host to the integrations of the configuration (GitHub only), or switch on pipelinePosture.azureDevOps[].preview, which lets Azure DevOps expand the pipeline.',
  });
}

export const evidenceOf = (root: SourceFile) => ({
  source: 'pipeline code',
  location: {
    repository: `${root.project}/${root.repository}`,
    file: root.path,
    line: 1,
  },
});

/** Says for every place that it is not known who can change it. */
export function withoutOrigins(reading: CodeReading): CodeReading {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) =>
        key === 'origin' ? [key, 'unknown'] : [key, visit(part)],
      ),
    );
  };
  return visit(reading) as CodeReading;
}
