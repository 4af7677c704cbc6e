import { Fact, PipelineSource } from 'backstage-plugin-pipeline-posture-common';
import * as wire from '../client/wire';
import { CodeReading } from '../reading/types';
import { branchOfDefinition, branchOfTemplates } from './branchElsewhere';
import { fullRef } from './RepositoryCatalogue';
import { DraftContext } from './draftContext';

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

export function templateSources(
  code: Fact<CodeReading>,
  context: DraftContext,
): PipelineSource[] {
  if (!code.known) return [];
  const used = new Set(
    code.value.files.map(({ project, repository }) =>
      `${project}/${repository}`.toLowerCase(),
    ),
  );
  return code.value.repositories.flatMap(each => {
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
    if (!used.has(`${project}/${repository}`.toLowerCase())) return [];
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
}
