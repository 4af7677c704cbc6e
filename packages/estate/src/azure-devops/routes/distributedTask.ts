import { failure, listOf, one } from '../server/answers';
import { identityRef } from '../server/identities';
import { connectionId, projectId, secureFileId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { TaskGroup, VariableGroup } from '../state';
import { sentVariables } from './build';

const PERSON = identityRef('Ada Author');
const SOME_DAY = '2025-06-10T12:24:46.9866667Z';

function sentVariableGroup(
  group: VariableGroup,
  request: RouteRequest,
): object {
  const { project } = request;
  const variables = sentVariables(group.variables);
  return {
    variables,
    id: group.id,
    type: group.keyVault ? 'AzureKeyVault' : 'Vsts',
    name: group.name,
    description: '',
    ...(group.keyVault && {
      providerData: {
        serviceEndpointId: connectionId(
          project,
          group.keyVault.serviceConnection,
        ),
        vault: group.keyVault.vault,
        lastRefreshedOn: SOME_DAY,
      },
    }),
    createdBy: PERSON,
    createdOn: SOME_DAY,
    modifiedBy: PERSON,
    modifiedOn: SOME_DAY,
    isShared: false,
    variableGroupProjectReferences: null,
  };
}

function sentEnvironments({ project }: RouteRequest): object[] {
  return project.environments.map(each => ({
    id: each.id,
    name: each.name,
    description: '',
    createdBy: PERSON,
    createdOn: SOME_DAY,
    lastModifiedBy: PERSON,
    lastModifiedOn: SOME_DAY,
    project: { id: projectId(project), name: project.name },
  }));
}

function sentTaskGroup(group: TaskGroup): object {
  return {
    tasks: group.tasks.map(step => ({
      environment: step.environment,
      displayName: step.name,
      alwaysRun: false,
      continueOnError: step.continueOnError,
      condition: step.condition,
      enabled: step.enabled,
      timeoutInMinutes: 0,
      inputs: step.inputs,
      task: {
        id: step.taskId,
        versionSpec: step.version,
        definitionType: step.isTaskGroup ? 'metaTask' : 'task',
      },
    })),
    runsOn: ['Agent', 'DeploymentGroup'],
    revision: 1,
    createdBy: PERSON,
    createdOn: SOME_DAY,
    modifiedBy: PERSON,
    modifiedOn: SOME_DAY,
    id: group.id,
    name: group.name,
    version: { major: 1, minor: 0, patch: 0, isTest: false },
    iconUrl: '',
    friendlyName: group.name,
    description: '',
    category: 'Deploy',
    definitionType: 'metaTask',
    author: 'Ada Author',
    demands: [],
    groups: [],
    inputs: [],
    satisfies: [],
    sourceDefinitions: [],
    dataSourceBindings: [],
    instanceNameFormat: group.name,
    preJobExecution: {},
    execution: {},
    postJobExecution: {},
  };
}

function sentPools({ state }: RouteRequest): object[] {
  return state.pools.map(pool => ({
    createdOn: SOME_DAY,
    autoProvision: pool.autoProvision,
    autoUpdate: true,
    autoSize: pool.isHosted,
    targetSize: null,
    agentCloudId: pool.isHosted ? 1 : null,
    createdBy: PERSON,
    owner: PERSON,
    id: pool.id,
    scope: '2ad38d1e-3eaf-4769-931c-3a2da67bbb01',
    name: pool.name,
    isHosted: pool.isHosted,
    poolType: 'automation',
    size: 1,
    isLegacy: false,
    options: 'none',
  }));
}

export const distributedTaskRoutes: Route[] = [
  ...[
    '{project}/_apis/pipelines/environments',
    '{project}/_apis/distributedtask/environments',
  ].map(
    (path): Route => ({
      host: 'core',
      operation: 'environments.list',
      method: 'GET',
      path,
      handle: request => pageOf(sentEnvironments(request), request.query),
    }),
  ),
  {
    host: 'core',
    operation: 'distributedtask.variablegroups.list',
    method: 'GET',
    path: '{project}/_apis/distributedtask/variablegroups',
    handle: request =>
      pageOf(
        request.project.variableGroups.map(each =>
          sentVariableGroup(each, request),
        ),
        request.query,
      ),
  },
  {
    host: 'core',
    operation: 'distributedtask.variablegroups.get',
    method: 'GET',
    path: '{project}/_apis/distributedtask/variablegroups/{groupId}',
    handle: request => {
      const found = request.project.variableGroups.find(
        each => String(each.id) === request.params.groupId,
      );
      return found
        ? one(sentVariableGroup(found, request))
        : failure(
            404,
            'VariableGroupDoesNotExistException',
            `Variable group ${request.params.groupId} does not exist.`,
          );
    },
  },
  {
    host: 'core',
    operation: 'distributedtask.securefiles.list',
    method: 'GET',
    path: '{project}/_apis/distributedtask/securefiles',
    preview: true,
    handle: ({ project }) =>
      listOf(
        project.secureFiles.map(each => ({
          id: secureFileId(project, each.name),
          name: each.name,
          createdBy: PERSON,
          createdOn: SOME_DAY,
          modifiedBy: PERSON,
          modifiedOn: SOME_DAY,
        })),
      ),
  },
  {
    host: 'core',
    operation: 'distributedtask.queues.list',
    method: 'GET',
    path: '{project}/_apis/distributedtask/queues',
    handle: ({ project, state }) =>
      listOf(
        project.queues.map(each => {
          const pool = state.pools.find(({ name }) => name === each.pool);
          return {
            id: each.id,
            projectId: projectId(project),
            name: each.name,
            pool: pool && {
              id: pool.id,
              scope: '2ad38d1e-3eaf-4769-931c-3a2da67bbb01',
              name: pool.name,
              isHosted: pool.isHosted,
              poolType: 'automation',
              size: 1,
              isLegacy: false,
              options: 'none',
            },
          };
        }),
      ),
  },
  {
    host: 'core',
    operation: 'distributedtask.pools.list',
    method: 'GET',
    path: '_apis/distributedtask/pools',
    handle: request => listOf(sentPools(request)),
  },
  {
    host: 'core',
    operation: 'distributedtask.taskgroups.list',
    method: 'GET',
    path: '{project}/_apis/distributedtask/taskgroups',
    handle: request =>
      pageOf(request.project.taskGroups.map(sentTaskGroup), request.query),
  },
];
