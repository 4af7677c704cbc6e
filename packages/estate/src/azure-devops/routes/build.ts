import { failure, listOf, one } from '../server/answers';
import { identityRef } from '../server/identities';
import { projectId, repositoryId } from '../server/lookup';
import { commitId } from '../server/identifiers';
import { pageOf, Route, RouteRequest } from '../server/request';
import { AzureProject, Pipeline, TaskStep, Variables } from '../state';
import { projectReference } from './projects';
import { openResources, resourcesOfPipeline } from './authorisation';

/** Variables as they are sent: a secret without its value. */
export function sentVariables(variables: Variables): Record<string, object> {
  return Object.fromEntries(
    Object.entries(variables).map(
      ([name, { value, isSecret, allowOverride }]) => [
        name,
        {
          value: isSecret ? null : value,
          ...(isSecret && { isSecret }),
          ...(allowOverride !== undefined && { allowOverride }),
        },
      ],
    ),
  );
}

function sentStep(step: TaskStep): object {
  return {
    environment: step.environment,
    enabled: step.enabled,
    continueOnError: step.continueOnError,
    alwaysRun: false,
    displayName: step.name,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    condition: step.condition,
    task: {
      id: step.taskId,
      versionSpec: step.version,
      definitionType: step.isTaskGroup ? 'metaTask' : 'task',
    },
    inputs: step.inputs,
  };
}

function queueOf(
  project: AzureProject,
  name: string,
  request: RouteRequest,
): object | undefined {
  const queue = project.queues.find(each => each.name === name);
  const pool = request.state.pools.find(
    each => each.name === (queue?.pool ?? name),
  );
  if (!queue) return undefined;
  const url = `${request.urls.core}/_apis/build/Queues/${queue.id}`;
  return {
    _links: { self: { href: url } },
    id: queue.id,
    name: queue.name,
    url,
    pool: pool && { id: pool.id, name: pool.name, isHosted: pool.isHosted },
  };
}

function repositoryOf(
  project: AzureProject,
  pipeline: Pipeline,
  urls: RouteRequest['urls'],
): object {
  const external = pipeline.repositoryType !== 'TfsGit';
  const id = external
    ? pipeline.repository
    : repositoryId(project, pipeline.repository);
  return {
    properties: {
      fullName: pipeline.repository,
      reportBuildStatus: 'true',
      ...(external && {
        connectedServiceId: project.serviceConnections.find(each =>
          pipeline.sourceConnection
            ? each.name === pipeline.sourceConnection
            : /github|bitbucket/i.test(each.type),
        )?.id,
      }),
    },
    id,
    type: pipeline.repositoryType,
    name: pipeline.repository,
    url: external
      ? `https://github.com/${pipeline.repository}.git`
      : `${urls.core}/${encodeURIComponent(
          project.name,
        )}/_git/${encodeURIComponent(pipeline.repository)}`,
    defaultBranch: pipeline.defaultBranch,
    clean: null,
    checkoutSubmodules: false,
  };
}

function processOf(pipeline: Pipeline): object {
  if (pipeline.kind === 'yaml')
    return { yamlFilename: pipeline.yamlFilename, type: 2 };
  return {
    type: 1,
    phases: pipeline.phases.map((phase, index) => ({
      steps: phase.steps.map(sentStep),
      name: phase.name,
      refName: `Phase_${index + 1}`,
      condition: 'succeeded()',
      target: {
        executionOptions: { type: 0 },
        allowScriptsAuthAccessOption: phase.allowScriptsAuthAccessOption,
        type: 1,
      },
      jobAuthorizationScope:
        phase.jobAuthorizationScope ?? pipeline.jobAuthorizationScope,
    })),
  };
}

function triggersOf(pipeline: Pipeline): object[] {
  return pipeline.triggers.map(trigger =>
    trigger.kind === 'continuousIntegration'
      ? {
          branchFilters: trigger.branchFilters,
          pathFilters: trigger.pathFilters,
          settingsSourceType: trigger.settingsSourceType,
          batchChanges: false,
          maxConcurrentBuildsPerBranch: 1,
          triggerType: 'continuousIntegration',
        }
      : {
          settingsSourceType: trigger.settingsSourceType,
          branchFilters: trigger.branchFilters,
          forks: trigger.forks,
          pathFilters: [],
          requireCommentsForNonTeamMembersOnly: false,
          requireCommentsForNonTeamMemberAndNonContributors: false,
          isCommentRequiredForPullRequest:
            trigger.isCommentRequiredForPullRequest,
          triggerType: 'pullRequest',
        },
  );
}

function reference(
  project: AzureProject,
  pipeline: Pipeline,
  request: RouteRequest,
): Record<string, unknown> {
  const base = `${request.urls.core}/${projectId(project)}`;
  const url = `${base}/_apis/build/Definitions/${pipeline.id}?revision=${pipeline.revision}`;
  return {
    _links: {
      self: { href: url },
      web: { href: `${base}/_build/definition?definitionId=${pipeline.id}` },
    },
    quality: pipeline.quality,
    authoredBy: identityRef('Ada Author'),
    drafts: [],
    queue: queueOf(project, pipeline.queue, request),
    id: pipeline.id,
    name: pipeline.name,
    url,
    uri: `vstfs:///Build/Definition/${pipeline.id}`,
    path: pipeline.folder,
    type: 'build',
    queueStatus: pipeline.queueStatus,
    revision: pipeline.revision,
    createdDate: request.state.createdOn,
    project: projectReference(project, request.urls),
  };
}

function full(
  project: AzureProject,
  pipeline: Pipeline,
  request: RouteRequest,
): Record<string, unknown> {
  return {
    triggers: triggersOf(pipeline),
    ...(Object.keys(pipeline.variables).length > 0 && {
      variables: sentVariables(pipeline.variables),
    }),
    ...(pipeline.variableGroups.length > 0 && {
      variableGroups: project.variableGroups
        .filter(group => pipeline.variableGroups.includes(group.id))
        .map(group => ({
          id: group.id,
          name: group.name,
          type: group.keyVault ? 'AzureKeyVault' : 'Vsts',
          description: '',
          variables: sentVariables(group.variables),
        })),
    }),
    properties: {},
    tags: [],
    jobAuthorizationScope: pipeline.jobAuthorizationScope,
    jobTimeoutInMinutes: 60,
    jobCancelTimeoutInMinutes: 5,
    process: processOf(pipeline),
    repository: repositoryOf(project, pipeline, request.urls),
    ...reference(project, pipeline, request),
  };
}

function latestBuild(
  project: AzureProject,
  pipeline: Pipeline,
): object | undefined {
  if (!pipeline.lastRun) return undefined;
  const files = project.repositories.find(
    each => each.name === pipeline.repository,
  )?.files;
  const build = {
    id: pipeline.id * 1000 + 1,
    buildNumber: `${pipeline.lastRun.slice(0, 10).replace(/-/g, '')}.1`,
    status: 'completed',
    result: 'succeeded',
    finishTime: pipeline.lastRun,
    sourceBranch: pipeline.defaultBranch,
    ...(files && { sourceVersion: commitId(files) }),
  };
  return { latestBuild: build, latestCompletedBuild: build };
}

export const buildRoutes: Route[] = [
  {
    host: 'core',
    operation: 'build.generalsettings.get',
    method: 'GET',
    path: '{project}/_apis/build/generalsettings',
    handle: ({ project }) => one(project.settings),
  },
  {
    host: 'core',
    operation: 'build.definitions.list',
    method: 'GET',
    path: '{project}/_apis/build/definitions',
    handle: request => {
      const { project, query } = request;
      const whole = query.get('includeAllProperties') === 'true';
      const builds = query.get('includeLatestBuilds') === 'true';
      const ids = query.get('definitionIds')?.split(',').map(Number);
      const definitions = project.pipelines
        .filter(each => !ids || ids.includes(each.id))
        .map(each => ({
          ...(whole
            ? full(project, each, request)
            : reference(project, each, request)),
          ...(builds && latestBuild(project, each)),
        }));
      return pageOf(definitions, query);
    },
  },
  {
    host: 'core',
    operation: 'build.definitions.get',
    method: 'GET',
    path: '{project}/_apis/build/definitions/{definitionId}',
    handle: request => {
      const { project, params } = request;
      const found = project.pipelines.find(
        each => String(each.id) === params.definitionId,
      );
      return found
        ? one(full(project, found, request))
        : failure(
            404,
            'DefinitionNotFoundException',
            `Definition ${params.definitionId} not found.`,
          );
    },
  },
  {
    host: 'core',
    operation: 'build.definitions.resources',
    method: 'GET',
    path: '{project}/_apis/build/definitions/{definitionId}/resources',
    preview: true,
    handle: ({ project, params }) =>
      listOf(resourcesOfPipeline(project, Number(params.definitionId))),
  },
  {
    host: 'core',
    operation: 'build.authorizedresources.list',
    method: 'GET',
    path: '{project}/_apis/build/authorizedresources',
    preview: true,
    handle: ({ project, query }) =>
      listOf(
        openResources(project).filter(
          each =>
            (!query.has('type') || each.type === query.get('type')) &&
            (!query.has('id') || each.id === query.get('id')),
        ),
      ),
  },
  {
    host: 'core',
    operation: 'pipelines.preview',
    method: 'POST',
    path: '{project}/_apis/pipelines/{pipelineId}/preview',
    handle: ({ project, params, body }) => {
      const found = project.pipelines.find(
        each => String(each.id) === params.pipelineId,
      );
      if ((body as { previewRun?: unknown } | undefined)?.previewRun !== true) {
        return failure(
          400,
          'InvalidArgumentException',
          'previewRun is required.',
        );
      }
      if (found?.kind !== 'yaml' || found.finalYaml === undefined) {
        return failure(
          400,
          'PipelineValidationException',
          'The pipeline is not valid: a required template could not be found.',
        );
      }
      return one({ finalYaml: found.finalYaml });
    },
  },
];
