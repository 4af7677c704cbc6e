import {
  Fact,
  PipelineSource,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { CodeReading } from '../reading/types';
import { branchOfDefinition, branchOfTemplates } from './branchElsewhere';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { fullRef } from './RepositoryCatalogue';
import { DraftContext } from './draftContext';

/** The host of what an earlier pipeline built, where that pipeline is not known. */
export const EARLIER_PIPELINE = 'azure-pipelines';

/** Whether an application source is in Azure Repos, or may be for all that is known. */
export const mayBeInAzureRepos = ({ host, role }: PipelineSource) =>
  role === 'application' &&
  (host === 'azure-repos' || host === EARLIER_PIPELINE);

export const inAzureRepos = ({ repository }: wire.Definition) =>
  (repository?.type ?? '').toLowerCase() === 'tfsgit';

/** The project that a repository is in: its address says so when it is another one. */
export function projectOfRepository(
  definition: wire.Definition,
  own: string,
): string {
  const match = /\/([^/]+)\/_git\//.exec(definition.repository?.url ?? '');
  return match && inAzureRepos(definition) ? decodeURIComponent(match[1]) : own;
}

export function applicationSource(
  definition: wire.Definition,
  context: DraftContext,
  file?: string,
): PipelineSource[] {
  const { repository } = definition;
  if (!repository) return [];
  const { resources, catalogue } = context;
  if (inAzureRepos(definition)) {
    return [
      catalogue.azureRepos({
        id: 'self',
        project: projectOfRepository(definition, resources.state.project.name),
        repository: repository.id ?? repository.name ?? '',
        ref: repository.defaultBranch ? fullRef(repository.defaultBranch) : '',
        role: 'application',
        ...(file && { file }),
      }),
    ];
  }
  const name =
    repository.properties?.fullName ??
    repository.name ??
    repository.id ??
    'a repository';
  return [
    catalogue.elsewhere({
      id: 'self',
      type: repository.type ?? 'git',
      name,
      url: repository.url,
      branch: repository.defaultBranch,
      role: 'application',
      address: branchOfDefinition(definition),
    }),
  ];
}

/** Stands for repositories of templates that nobody could tell. */
function unreadTemplates(reason: UnknownReason): PipelineSource {
  return {
    id: 'templates-not-known',
    kind: 'repository',
    host: 'unknown',
    name: 'a repository that is not known',
    role: 'template',
    protection: unknown(reason),
    bypassers: unknown(reason),
  };
}

export function templateSources(
  code: Fact<CodeReading>,
  context: DraftContext,
): PipelineSource[] {
  if (!code.known) return [unreadTemplates(code.reason)];
  const [gap] = gapsOf(code.value);
  // What a template of the root brings along is not known with it.
  const [rootGap] = code.value.gaps;
  const used = new Set(
    code.value.files.map(({ project, repository }) =>
      `${project}/${repository}`.toLowerCase(),
    ),
  );
  const named = code.value.repositories.flatMap(each => {
    const { alias, type, project, repository, ref } = each;
    if (type.toLowerCase() !== 'git') {
      return [
        context.catalogue.elsewhere({
          id: alias,
          type,
          name: `${project}/${repository}`,
          branch: ref,
          role: 'template',
          address: branchOfTemplates(each),
        }),
      ];
    }
    // A part that could not be resolved may come from any repository that is named.
    if (!gap && !used.has(`${project}/${repository}`.toLowerCase())) return [];
    return [
      context.catalogue.azureRepos({
        id: alias,
        project,
        repository,
        ref,
        role: 'template',
      }),
    ];
  });
  return rootGap ? [...named, unreadTemplates(reasonOfGap(rootGap))] : named;
}
