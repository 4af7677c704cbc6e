import { AzureOrganisation, AzureProject, Repository } from '../state';
import { stableGuid } from './identifiers';

/** GUID of a project: declared, or made from its name. */
export function projectId(project: AzureProject): string {
  return project.id ?? stableGuid('project', project.name);
}

/** GUID of a repository: declared, or made from its name. */
export function repositoryId(project: AzureProject, name: string): string {
  const repository = project.repositories.find(each => each.name === name);
  return repository?.id ?? stableGuid('repository', project.name, name);
}

/** GUID of a service connection: declared, or made from its name. */
export function connectionId(project: AzureProject, name: string): string {
  const connection = project.serviceConnections.find(
    each => each.name === name,
  );
  return connection?.id ?? stableGuid('endpoint', project.name, name);
}

/** GUID of a secure file: declared, or made from its name. */
export function secureFileId(project: AzureProject, name: string): string {
  const file = project.secureFiles.find(each => each.name === name);
  return file?.id ?? stableGuid('securefile', project.name, name);
}

/** A project by name or id; the service minds no case. */
export function findProject(
  state: AzureOrganisation,
  nameOrId: string,
): AzureProject | undefined {
  const wanted = nameOrId.toLowerCase();
  return state.projects.find(
    each => each.name.toLowerCase() === wanted || projectId(each) === wanted,
  );
}

/** A repository by name or id. */
export function findRepository(
  project: AzureProject,
  nameOrId: string,
): Repository | undefined {
  const wanted = nameOrId.toLowerCase();
  return project.repositories.find(
    each =>
      each.name.toLowerCase() === wanted ||
      repositoryId(project, each.name) === wanted,
  );
}
