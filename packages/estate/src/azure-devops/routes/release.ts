import { failure, one } from '../server/answers';
import { identityRef } from '../server/identities';
import { projectId, repositoryId } from '../server/lookup';
import { pageOf, Route, RouteRequest } from '../server/request';
import { Release } from '../state';
import { sentVariables } from './build';

type Stage = Release['stages'][number];
type Artifact = Release['artifacts'][number];

const PERSON = identityRef('Ada Author');

function shallow(
  release: Release,
  { project, urls }: RouteRequest,
): Record<string, unknown> {
  const base = `${urls.release}/${projectId(
    project,
  )}/_apis/Release/definitions/${release.id}`;
  return {
    source: 'userInterface',
    revision: release.revision,
    description: null,
    createdBy: PERSON,
    createdOn: '2024-12-11T04:48:42.657Z',
    modifiedBy: PERSON,
    modifiedOn: release.modifiedOn,
    isDeleted: false,
    isDisabled: release.isDisabled,
    variableGroups: null,
    releaseNameFormat: 'Release-$(rev:r)',
    properties: {},
    id: release.id,
    name: release.name,
    path: release.folder,
    projectReference: null,
    url: base,
    _links: {
      self: { href: base },
      web: {
        href: `${urls.core}/${projectId(project)}/_release?definitionId=${
          release.id
        }`,
      },
    },
  };
}

function approvalsOf(
  { approvers, options }: Stage['preApprovals'],
  id: number,
): Record<string, unknown> {
  return {
    approvals:
      approvers.length > 0
        ? approvers.map((name, index) => ({
            rank: index + 1,
            isAutomated: false,
            isNotificationOn: false,
            approver: identityRef(name),
            id: id + index,
          }))
        : [{ rank: 1, isAutomated: true, isNotificationOn: false, id }],
    approvalOptions: options
      ? { ...options, timeoutInMinutes: 0, executionOrder: 'beforeGates' }
      : null,
  };
}

function conditionsOf(stage: Stage, release: Release): object[] {
  return [
    ...(stage.after.length === 0
      ? [{ name: 'ReleaseStarted', conditionType: 'event', value: '' }]
      : stage.after.map(name => ({
          name,
          conditionType: 'environmentState',
          value: '4',
        }))),
    ...stage.artifactBranches.map(sourceBranch => ({
      name: release.artifacts[0]?.alias ?? '',
      conditionType: 'artifact',
      value: JSON.stringify({
        sourceBranch,
        tags: [],
        useBuildDefinitionBranch: false,
        createReleaseOnBuildTagging: false,
      }),
    })),
  ];
}

function sentStage(
  stage: Stage,
  index: number,
  release: Release,
  { project }: RouteRequest,
): object {
  const gate = {
    id: 0,
    gatesOptions: stage.gates
      ? {
          isEnabled: true,
          timeout: 1440,
          samplingInterval: 15,
          stabilizationTime: 5,
          minimumSuccessDuration: 0,
        }
      : null,
    gates: [],
  };
  return {
    id: release.id * 10 + index + 1,
    name: stage.name,
    rank: index + 1,
    owner: PERSON,
    variables: sentVariables(stage.variables),
    variableGroups: stage.variableGroups,
    preDeployApprovals: approvalsOf(stage.preApprovals, 100 + index * 10),
    deployStep: { id: 105 + index * 10 },
    postDeployApprovals: approvalsOf(stage.postApprovals, 106 + index * 10),
    deployPhases: [
      {
        deploymentInput: {
          parallelExecution: { parallelExecutionType: 'none' },
          skipArtifactsDownload: false,
          artifactsDownloadInput: { downloadInputs: [] },
          queueId:
            project.queues.find(each => each.name === stage.queue)?.id ?? 0,
          demands: [],
          enableAccessToken: stage.enableAccessToken,
          timeoutInMinutes: 0,
          jobCancelTimeoutInMinutes: 1,
          condition: 'succeeded()',
          overrideInputs: {},
        },
        rank: 1,
        phaseType: 'agentBasedDeployment',
        name: 'Agent job',
        refName: null,
        workflowTasks: stage.tasks.map(task => ({
          environment: task.environment,
          taskId: task.taskId,
          version: task.version,
          name: task.name,
          refName: '',
          enabled: task.enabled,
          alwaysRun: false,
          continueOnError: task.continueOnError,
          timeoutInMinutes: 0,
          retryCountOnTaskFailure: 0,
          definitionType: task.isTaskGroup ? 'metaTask' : 'task',
          overrideInputs: {},
          condition: task.condition,
          inputs: task.inputs,
        })),
      },
    ],
    environmentOptions: {
      emailNotificationType: 'OnlyOnFailure',
      emailRecipients: 'release.environment.owner;release.creator',
      skipArtifactsDownload: false,
      timeoutInMinutes: 0,
      enableAccessToken: stage.enableAccessToken,
      publishDeploymentStatus: true,
      badgeEnabled: false,
      autoLinkWorkItems: false,
      pullRequestDeploymentEnabled: false,
    },
    demands: [],
    conditions: conditionsOf(stage, release),
    executionPolicy: { concurrencyCount: 1, queueDepthCount: 0 },
    schedules: [],
    retentionPolicy: { daysToKeep: 30, releasesToKeep: 3, retainBuild: true },
    processParameters: {},
    properties: {},
    preDeploymentGates: gate,
    postDeploymentGates: { id: 0, gatesOptions: null, gates: [] },
    environmentTriggers: [],
  };
}

function sentArtifact(artifact: Artifact, { project }: RouteRequest): object {
  const pipeline = project.pipelines.find(
    each => String(each.id) === artifact.source,
  );
  const definition =
    artifact.type === 'Build'
      ? { id: artifact.source, name: pipeline?.name ?? '' }
      : {
          id:
            artifact.type === 'Git'
              ? repositoryId(project, artifact.source)
              : artifact.source,
          name: artifact.source,
        };
  return {
    sourceId: `${projectId(project)}:${definition.id}`,
    type: artifact.type,
    alias: artifact.alias,
    definitionReference: {
      definition,
      project: { id: projectId(project), name: project.name },
      defaultVersionType: { id: 'latestType', name: 'Latest' },
    },
    isPrimary: true,
    isRetained: false,
  };
}

function full(release: Release, request: RouteRequest): object {
  return {
    ...shallow(release, request),
    variables: sentVariables(release.variables),
    variableGroups: release.variableGroups,
    environments: release.stages.map((stage, index) =>
      sentStage(stage, index, release, request),
    ),
    artifacts: release.artifacts.map(each => sentArtifact(each, request)),
    triggers: release.artifacts
      .filter(each => each.continuousDeployment)
      .map(each => ({
        artifactAlias: each.alias,
        triggerConditions: each.branchFilters.map(sourceBranch => ({
          sourceBranch,
          tags: [],
          useBuildDefinitionBranch: false,
          createReleaseOnBuildTagging: false,
        })),
        triggerType: 'artifactSource',
      })),
    tags: [],
  };
}

/** Even when asked to expand, the list says little about stages. */
function listed(release: Release, request: RouteRequest): object {
  const expand = (request.query.get('$expand') ?? '').toLowerCase();
  return {
    ...shallow(release, request),
    ...(expand.includes('lastrelease') &&
      release.lastRelease && {
        lastRelease: {
          id: release.id * 100 + release.revision,
          name: `Release-${release.revision}`,
          artifacts: [],
          _links: {},
          description: '',
          createdOn: release.lastRelease,
          createdBy: identityRef('Rae Release'),
          releaseDefinition: {
            id: release.id,
            projectReference: null,
            _links: {},
          },
        },
      }),
    ...(expand.includes('environments') && {
      environments: release.stages.map((stage, index) => ({
        id: release.id * 10 + index + 1,
        name: stage.name,
        rank: index + 1,
        schedules: [],
        retentionPolicy: {
          daysToKeep: 30,
          releasesToKeep: 3,
          retainBuild: true,
        },
      })),
    }),
  };
}

export const releaseRoutes: Route[] = [
  {
    host: 'release',
    operation: 'release.definitions.list',
    method: 'GET',
    path: '{project}/_apis/release/definitions',
    handle: request =>
      pageOf(
        request.project.releases.map(each => listed(each, request)),
        request.query,
        100,
      ),
  },
  {
    host: 'release',
    operation: 'release.definitions.get',
    method: 'GET',
    path: '{project}/_apis/release/definitions/{definitionId}',
    handle: request => {
      const found = request.project.releases.find(
        each => String(each.id) === request.params.definitionId,
      );
      return found
        ? one(full(found, request))
        : failure(
            404,
            'ReleaseDefinitionNotFoundException',
            `VS402881: No release definition found for definition id ${request.params.definitionId}.`,
          );
    },
  },
];
