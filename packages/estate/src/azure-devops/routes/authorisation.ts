import { failure, one } from '../server/answers';
import { identityRef } from '../server/identities';
import {
  connectionId,
  projectId,
  repositoryId,
  secureFileId,
} from '../server/lookup';
import { Route } from '../server/request';
import { AzureProject, Check } from '../state';

/** A resource that pipelines must be permitted to use. */
export interface ProtectedResource {
  type: string;
  id: string;
  name: string;
  allPipelines: boolean;
  pipelines: number[];
  checks: Check[];
}

/** Every protected resource of a project, under the type and id that permissions and checks use. */
export function protectedResources(project: AzureProject): ProtectedResource[] {
  return [
    ...project.serviceConnections.map(each => ({
      type: 'endpoint',
      id: connectionId(project, each.name),
      name: each.name,
      checks: each.checks,
      ...each.access,
    })),
    ...project.environments.map(each => ({
      type: 'environment',
      id: String(each.id),
      name: each.name,
      checks: each.checks,
      ...each.access,
    })),
    ...project.variableGroups.map(each => ({
      type: 'variablegroup',
      id: String(each.id),
      name: each.name,
      checks: each.checks,
      ...each.access,
    })),
    ...project.secureFiles.map(each => ({
      type: 'securefile',
      id: secureFileId(project, each.name),
      name: each.name,
      checks: each.checks,
      ...each.access,
    })),
    ...project.queues.map(each => ({
      type: 'queue',
      id: String(each.id),
      name: each.name,
      checks: each.checks,
      ...each.access,
    })),
    ...project.repositories.map(each => ({
      type: 'repository',
      id: `${projectId(project)}.${repositoryId(project, each.name)}`,
      name: each.name,
      checks: [],
      ...each.access,
    })),
  ];
}

/** A resource by type and id, as clients write them. */
export function findResource(
  project: AzureProject,
  type: string,
  id: string,
): ProtectedResource | undefined {
  return protectedResources(project).find(
    each =>
      each.type === type.toLowerCase() &&
      each.id.toLowerCase() === id.toLowerCase(),
  );
}

/** Resources that are open to every pipeline of the project. */
export function openResources(project: AzureProject) {
  return protectedResources(project)
    .filter(each => each.allPipelines)
    .map(({ type, id, name }) => ({ type, id, name, authorized: true }));
}

/** Resources that one pipeline was permitted to use by name. */
export function resourcesOfPipeline(project: AzureProject, pipeline: number) {
  return protectedResources(project)
    .filter(each => each.pipelines.includes(pipeline))
    .map(({ type, id, name }) => ({ type, id, name, authorized: true }));
}

const GRANTED = {
  authorized: true,
  authorizedBy: identityRef('Ada Author'),
  authorizedOn: '2025-11-03T08:59:48.77Z',
};

export const authorisationRoutes: Route[] = [
  {
    host: 'core',
    operation: 'pipelinepermissions.get',
    method: 'GET',
    path: '{project}/_apis/pipelines/pipelinepermissions/{resourceType}/{resourceId}',
    preview: true,
    handle: ({ project, params, state }) => {
      const { resourceType: type, resourceId: id } = params;
      // A repository of another project goes by the id of that project.
      const owners =
        type.toLowerCase() === 'repository' ? state.projects : [project];
      const found = owners
        .map(each => findResource(each, type, id))
        .find(Boolean);
      if (!found) {
        return failure(
          404,
          'ResourceNotFoundException',
          `${params.resourceType} with id ${params.resourceId} does not exist.`,
        );
      }
      return one({
        resource: { type: found.type, id: found.id, name: found.name },
        // The member is simply missing when the resource is not open.
        ...(found.allPipelines && { allPipelines: GRANTED }),
        pipelines: found.pipelines.map(each => ({ id: each, ...GRANTED })),
      });
    },
  },
];
