import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from '../client/AwsConnection';
import { CodeBuildReader } from '../client/CodeBuildReader';
import { CodeCommitReader } from '../client/CodeCommitReader';
import { CodePipelineReader } from '../client/CodePipelineReader';
import { listConnections } from '../client/ConnectionsReader';
import {
  readExecutionRole,
  Started,
  startedKey,
} from '../client/ExecutionRoleReader';
import { readEach } from '../client/readEach';
import { StorageReader } from '../client/StorageReader';
import { readPipelineTags } from '../client/TagReader';
import { runsProject } from '../normalize/actions';
import { accountOf } from '../normalize/arns';
import { ruleActions } from '../normalize/rules';
import { roleArnsOf } from '../normalize/roleArns';
import { modelPipeline, PipelineModel } from '../normalize/pipelineModel';
import { ActionDefinition, PipelineDefinition } from './definition';
import { Definitions } from './readDefinitions';
import { readBranchRules } from './readBranchRules';
import { readBuildFiles } from './readBuildFiles';
import { RepositoryAddresses } from './RepositoryAddresses';
import { readLastRuns } from './readLastRuns';
import { readMonitoring } from './readMonitoring';
import { ScopeReadings } from './readings';
import { ScopeContext } from './ScopeContext';
import { readBuckets } from './readBuckets';

const actionsOf = (definitions: readonly PipelineDefinition[]) =>
  definitions.flatMap(({ stages }) =>
    stages.flatMap(stage => [...stage.actions, ...ruleActions(stage)]),
  );

const isHere = (
  action: ActionDefinition,
  { accountId, region }: AwsConnection,
) =>
  (accountOf(action.roleArn) ?? accountId) === accountId &&
  (action.region ?? region) === region;

/** Values of a key over actions of one provider that are known before a run. */
function named(
  actions: readonly ActionDefinition[],
  provider: string,
  key: string,
): string[] {
  const values = actions
    .filter(action => action.provider === provider)
    .flatMap(({ configuration }) => configuration[key] ?? [])
    .filter(value => value !== '' && !value.includes('#{'));
  return [...new Set(values)].sort();
}

/** What actions start that runs with a role of its own: deployment groups, functions, state machines. */
function startedBy(actions: readonly ActionDefinition[]): Map<string, Started> {
  const started = actions.flatMap(
    ({ provider, category, configuration }): Started[] => {
      const {
        ApplicationName,
        DeploymentGroupName,
        FunctionName,
        StateMachineArn,
      } = configuration;
      if (provider === 'CodeDeploy' && ApplicationName && DeploymentGroupName) {
        return [
          {
            kind: 'deployment-group',
            application: ApplicationName,
            name: DeploymentGroupName,
          },
        ];
      }
      // A Deploy action of this provider changes the function and does not run it.
      if (provider === 'Lambda' && category !== 'Deploy' && FunctionName) {
        return [{ kind: 'function', name: FunctionName }];
      }
      return provider === 'StepFunctions' && StateMachineArn
        ? [{ kind: 'state-machine', arn: StateMachineArn }]
        : [];
    },
  );
  const decided = started.filter(item => !startedKey(item).includes('#{'));
  return new Map(decided.map(item => [startedKey(item), item]));
}

async function readExecutionRoles(
  actions: readonly ActionDefinition[],
  connection: AwsConnection,
): Promise<Map<string, Fact<string>>> {
  const started = startedBy(actions);
  const roles = await readEach(started.values(), item =>
    readExecutionRole(item, connection),
  );
  return new Map([...roles].map(([item, role]) => [startedKey(item), role]));
}

/** IAM of every account that the roles of the pipelines are in, as far as it is configured. */
async function readIam(
  models: readonly PipelineModel[],
  { accounts, connection }: ScopeContext,
): Promise<ScopeReadings['iam']> {
  const used = models.flatMap(model =>
    [...roleArnsOf(model).keys()].map(accountOf),
  );
  const wanted = [connection.accountId, ...used].filter(
    (id): id is string => id !== undefined && accounts.includes(id),
  );
  return readEach(wanted, id => accounts.iam(id, connection));
}

/** Reads what belongs to all pipelines of a scope, in bulk, and models each pipeline with it. */
export async function readScope(
  { read, unread }: Definitions,
  context: ScopeContext,
): Promise<{ models: PipelineModel[]; readings: ScopeReadings }> {
  const { connection, accounts, options } = context;
  const actions = actionsOf(read);
  const here = actions.filter(action => isHere(action, connection));
  const builds = CodeBuildReader.create(connection);
  const storage = StorageReader.create(connection);
  const rules = CodeCommitReader.create(connection);
  const needsConnections = actions.some(
    ({ configuration }) => configuration.ConnectionArn,
  );
  const [
    projects,
    sourceCredentials,
    webhooks,
    connections,
    approvalRules,
    accessKeys,
    tags,
    monitoring,
    accessReview,
    buckets,
    imageTags,
    executionRoles,
    lastRuns,
  ] = await Promise.all([
    builds.getProjects(
      named(here.filter(runsProject), 'CodeBuild', 'ProjectName'),
    ),
    builds.listSourceCredentials(),
    CodePipelineReader.create(connection).listWebhooks(),
    needsConnections ? listConnections(connection) : known([]),
    readEach(named(actions, 'CodeCommit', 'RepositoryName'), name =>
      rules.approvalRules(name),
    ),
    accounts.accessKeys(connection),
    readPipelineTags(connection),
    readMonitoring(actions, connection),
    accounts.accessReview(connection),
    readBuckets(read, context),
    readEach(named(here, 'ECR', 'RepositoryName'), name =>
      storage.immutableTags(name),
    ),
    readExecutionRoles(here, connection),
    readLastRuns(
      read.map(({ name }) => name),
      context,
    ),
  ]);
  const addresses = RepositoryAddresses.create(connections, connection);
  const [branchRules, buildFiles] = await Promise.all([
    readBranchRules(read, {
      projects,
      addresses,
      hosts: context.sourceHosts,
      only: options.only,
      signal: options.signal,
    }),
    readBuildFiles(read, { projects, codecommit: rules, addresses, context }),
  ]);
  const readings: ScopeReadings = {
    accountId: connection.accountId,
    region: connection.region,
    scopeId: context.scopeId,
    collectedAt: options.now.toISOString(),
    classifier: context.classifier,
    knownAccounts: context.knownAccounts,
    iam: new Map(),
    accessKeys,
    definitions: read,
    unreadDefinitions: unread[0]?.reason,
    projects,
    sourceCredentials,
    webhooks,
    connections,
    approvalRules,
    lastRuns,
    tags,
    ...monitoring,
    accessReview,
    buckets,
    imageTags,
    executionRoles,
    branchRules,
    buildFiles,
  };
  // The roles of a pipeline name the accounts to read; those tell which further roles it reaches.
  const first = read.map(definition => modelPipeline(definition, readings));
  const withIam = { ...readings, iam: await readIam(first, context) };
  return {
    models: read.map(definition => modelPipeline(definition, withIam)),
    readings: withIam,
  };
}
