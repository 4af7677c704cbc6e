import {
  Fact,
  known,
  PipelineRef,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import {
  CollectionEvent,
  CollectOptions,
  ProductionClassifier,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsConnection } from '../client/AwsConnection';
import { CodeBuildReader } from '../client/CodeBuildReader';
import { ApprovalRule, CodeCommitReader } from '../client/CodeCommitReader';
import {
  CodePipelineReader,
  ListedPipeline,
} from '../client/CodePipelineReader';
import { listConnections } from '../client/ConnectionsReader';
import { accountOf } from '../normalize/arns';
import { runsProject } from '../normalize/actions';
import { roleArnsOf } from '../normalize/identities';
import { modelPipeline, PipelineModel } from '../normalize/pipelineModel';
import { RoleUsage } from '../normalize/roleUsage';
import { snapshotOf, unreadSnapshot } from '../normalize/snapshot';
import { RunReadings } from './AccountReadings';
import { PipelineDefinition } from './definition';
import { ScopeReadings } from './readings';

/** What the collection of one account and region works with. */
export interface ScopeContext {
  connection: AwsConnection;
  scopeId: string;
  accounts: RunReadings;
  classifier: ProductionClassifier;
  knownAccounts: ReadonlySet<string>;
  options: CollectOptions;
}

/** Raised when the shape of what is kept changes, so that older values are read anew. */
const DEFINITION_FORMAT = 1;

interface Definitions {
  read: PipelineDefinition[];
  /** Pipelines that gave no definition, with the reason. */
  unread: Array<{ name: string; reason: UnknownReason }>;
}

/**
 * The definitions of all pipelines. What has the marker of an earlier run comes
 * from there; when one pipeline is asked for, only that one is read anew.
 */
async function readDefinitions(
  listed: readonly ListedPipeline[],
  { connection, options }: ScopeContext,
): Promise<Definitions> {
  const { checkpoints, only } = options;
  const kept = await checkpoints.list<PipelineDefinition>('definition/');
  const reader = CodePipelineReader.create(connection);
  const result: Definitions = { read: [], unread: [] };
  await Promise.all(
    listed.map(async ({ name, marker: changed }) => {
      const key = `definition/${name}`;
      const marker = `${DEFINITION_FORMAT}:${changed}`;
      const before = kept.get(key);
      if (before?.marker === marker && only?.id !== name) {
        result.read.push(before.value);
        return;
      }
      const definition = await reader.getPipeline(name);
      if (definition.known) {
        await checkpoints.set(key, marker, definition.value);
        result.read.push(definition.value);
      } else if (definition.reason.code !== 'not-found') {
        result.unread.push({ name, reason: definition.reason });
      }
      // One that was deleted since it was listed is simply gone.
    }),
  );
  return result;
}

function projectNames(
  definitions: readonly PipelineDefinition[],
  { accountId, region }: AwsConnection,
): string[] {
  const names = definitions.flatMap(({ stages }) =>
    stages.flatMap(({ actions }) =>
      actions
        .filter(
          action =>
            runsProject(action) &&
            (accountOf(action.roleArn) ?? accountId) === accountId &&
            (action.region ?? region) === region,
        )
        .flatMap(({ configuration: { ProjectName: name } }) =>
          name && !name.includes('#{') ? [name] : [],
        ),
    ),
  );
  return [...new Set(names)].sort();
}

async function readApprovalRules(
  definitions: readonly PipelineDefinition[],
  connection: AwsConnection,
): Promise<Map<string, Fact<ApprovalRule[]>>> {
  const reader = CodeCommitReader.create(connection);
  const names = definitions.flatMap(({ stages }) =>
    stages.flatMap(({ actions }) =>
      actions
        .filter(({ provider }) => provider === 'CodeCommit')
        .flatMap(({ configuration }) => configuration.RepositoryName ?? []),
    ),
  );
  return new Map(
    await Promise.all(
      [...new Set(names)].map(
        async name => [name, await reader.approvalRules(name)] as const,
      ),
    ),
  );
}

async function readScope(
  { read, unread }: Definitions,
  context: ScopeContext,
): Promise<{ models: PipelineModel[]; readings: ScopeReadings }> {
  const { connection, accounts, options } = context;
  const { accountId, region } = connection;
  const builds = CodeBuildReader.create(connection);
  const needsConnections = read.some(({ stages }) =>
    stages.some(({ actions }) =>
      actions.some(({ configuration }) => configuration.ConnectionArn),
    ),
  );
  const [
    projects,
    sourceCredentials,
    webhooks,
    connections,
    approvalRules,
    accessKeys,
  ] = await Promise.all([
    builds.getProjects(projectNames(read, connection)),
    builds.listSourceCredentials(),
    CodePipelineReader.create(connection).listWebhooks(),
    needsConnections ? listConnections(connection) : known([]),
    readApprovalRules(read, connection),
    accounts.accessKeys(connection),
  ]);
  const readings: ScopeReadings = {
    accountId,
    region,
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
    lastRuns: new Map(),
  };
  const models = read.map(definition => modelPipeline(definition, readings));
  const used = models.flatMap(model =>
    [...roleArnsOf(model).keys()].map(accountOf),
  );
  const wanted = [...new Set([accountId, ...used])].filter(
    (id): id is string => id !== undefined && accounts.includes(id),
  );
  const iam = new Map(
    await Promise.all(
      wanted.map(async id => [id, await accounts.iam(id, connection)] as const),
    ),
  );
  return { models, readings: { ...readings, iam } };
}

function problems(readings: ScopeReadings): CollectionEvent[] {
  const facts: Array<[string, string, Fact<unknown>]> = [
    [
      'IAM',
      'The rights of every role are unknown.',
      readings.iam.get(readings.accountId) ?? known(undefined),
    ],
    [
      'credential report',
      'The access keys of IAM users are unknown.',
      readings.accessKeys,
    ],
    [
      'webhooks',
      'It is unknown who can start pipelines through webhooks.',
      readings.webhooks,
    ],
    [
      'source credentials',
      'It is unknown whether CodeBuild holds Git tokens.',
      readings.sourceCredentials,
    ],
    [
      'connections',
      'The hosts behind connections are unknown.',
      readings.connections,
    ],
  ];
  return facts.flatMap(([subject, effect, fact]): CollectionEvent[] =>
    fact.known
      ? []
      : [
          {
            type: 'problem',
            problem: { reason: fact.reason, subject, effect },
          },
        ],
  );
}

const isWanted = (only: PipelineRef | undefined, name: string) =>
  only === undefined || only.id === name;

/** What an error says: the reason and what to do. */
export const sentence = ({ message, action }: UnknownReason) =>
  `${message} ${action}`;

/**
 * Reads one account and region: what belongs to all pipelines in bulk, then the
 * definitions that have changed, then one snapshot after the other.
 *
 * @throws Error if the account cannot be entered or its pipelines cannot be listed at all
 */
export async function* collectScope(
  context: ScopeContext,
): AsyncIterable<CollectionEvent> {
  const { connection, options, scopeId } = context;
  const listed = await CodePipelineReader.create(connection).listPipelines();
  if (listed.incomplete) {
    if (listed.items.length === 0) throw new Error(sentence(listed.incomplete));
    yield { type: 'incomplete' };
    yield {
      type: 'problem',
      problem: {
        reason: listed.incomplete,
        subject: `pipelines of ${scopeId}`,
        effect: 'Pipelines after this page are not read in this run.',
      },
    };
  }
  const definitions = await readDefinitions(listed.items, context);
  const { models, readings } = await readScope(
    listed.incomplete
      ? {
          ...definitions,
          unread: [
            ...definitions.unread,
            { name: '', reason: listed.incomplete },
          ],
        }
      : definitions,
    context,
  );
  yield* problems(readings);
  const wanted = (name: string) => isWanted(options.only, name);
  for (const { name, reason } of definitions.unread.filter(item =>
    wanted(item.name),
  )) {
    yield {
      type: 'problem',
      problem: {
        reason,
        subject: `pipeline ${name}`,
        effect: 'Nothing but its name is known.',
      },
    };
    yield {
      type: 'snapshot',
      snapshot: unreadSnapshot(name, reason, readings),
    };
  }
  const usage = RoleUsage.create(models, readings);
  let done = 0;
  for (const model of models) {
    options.signal.throwIfAborted();
    done += 1;
    if (!wanted(model.definition.name)) continue;
    yield { type: 'snapshot', snapshot: snapshotOf(model, usage, readings) };
    if (done % 100 === 0)
      yield { type: 'progress', done, total: models.length };
  }
  yield { type: 'progress', done: models.length, total: models.length };
}
