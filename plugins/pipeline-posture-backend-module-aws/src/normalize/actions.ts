import {
  Fact,
  UnitKind,
  UnknownReason,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import {
  ActionDefinition,
  BuildProject,
  StageDefinition,
} from '../collect/definition';
import { ScopeReadings } from '../collect/readings';
import { accountOf } from './arns';

const DEPLOY_WORD =
  /(^|[^a-z])(deploy(ment)?|release|apply|rollout|promote|publish|terraform|provision)([^a-z]|$)/;

const words = (name: string) =>
  name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

/** Whether an action changes a running system: all Deploy actions, and others whose name or stage says so. */
export function isDeploying(
  action: ActionDefinition,
  stage: StageDefinition,
  isTarget: (names: string[]) => boolean,
): boolean {
  switch (action.category) {
    case 'Deploy':
      return true;
    case 'Source':
    case 'Approval':
    case 'Test':
      return false;
    default:
      if (action.provider === 'InspectorScan') return false;
      return (
        DEPLOY_WORD.test(words(action.name)) ||
        isTarget([stage.name, action.name])
      );
  }
}

/** What an action does. */
export function kindsOf(
  action: ActionDefinition,
  deploying: boolean,
  alsoBuilds: boolean,
): UnitKind[] {
  if (deploying) return alsoBuilds ? ['build', 'deploy'] : ['deploy'];
  switch (action.category) {
    case 'Source':
      return ['source'];
    case 'Build':
    case 'Compute':
      return ['build'];
    case 'Test':
      return ['test'];
    case 'Approval':
      return ['approval'];
    default:
      return action.provider === 'InspectorScan' ? ['test'] : ['other'];
  }
}

/** Whether an action runs a build project. */
export const runsProject = (action: ActionDefinition) =>
  action.owner === 'AWS' && action.provider === 'CodeBuild';

/** The build project of an action, as far as it could be read. */
export function projectOf(
  action: ActionDefinition,
  readings: ScopeReadings,
): Fact<BuildProject> | undefined {
  if (!runsProject(action)) return undefined;
  const name = action.configuration.ProjectName ?? '';
  const account = accountOf(action.roleArn);
  if (account && account !== readings.accountId) {
    return unknown(
      elsewhere(
        `The build project ${name} is in account ${account}, which is not read together with this pipeline.`,
        `Let the pipeline build in its own account, or check the project ${name} in account ${account} by hand.`,
      ),
    );
  }
  if (action.region && action.region !== readings.region) {
    return unknown(
      elsewhere(
        `The build project ${name} is in region ${action.region}, which is not read together with this pipeline.`,
        `Let the pipeline build in ${readings.region}, or check the project ${name} in ${action.region} by hand.`,
      ),
    );
  }
  return (
    readings.projects.get(name) ??
    unknown({
      code: 'unresolved',
      message: `The name of the build project of action ${action.name} is only known at run time.`,
      actor: 'service-owner',
      action: `Name the project of action ${action.name} in the pipeline itself.`,
    })
  );
}

function elsewhere(message: string, action: string): UnknownReason {
  return { code: 'not-connected', message, actor: 'platform-team', action };
}

/** Keys of a configuration that name where an action goes. */
const TARGET_KEYS = [
  'StackName',
  'StackSetName',
  'ClusterName',
  'ServiceName',
  'ApplicationName',
  'DeploymentGroupName',
  'EnvironmentName',
  'BucketName',
  'FunctionName',
  'ProjectName',
];

/** Names of the target of an action: account, region, stack, cluster and so on. */
export function targetNames(action: ActionDefinition): string[] {
  return [
    accountOf(action.configuration.RoleArn) ?? accountOf(action.roleArn),
    action.region,
    ...TARGET_KEYS.map(key => action.configuration[key]),
    action.configuration.StateMachineArn?.split(':').pop(),
  ].filter((name): name is string => Boolean(name) && !name?.includes('#{'));
}
