import {
  Fact,
  known,
  PipelineRef,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { CollectionEvent } from 'backstage-plugin-pipeline-posture-node';
import { CodePipelineReader } from '../client/CodePipelineReader';
import { RoleUsage } from '../normalize/roleUsage';
import { snapshotOf, unreadSnapshot } from '../normalize/snapshot';
import { readDefinitions } from './readDefinitions';
import { ScopeReadings } from './readings';
import { readScope } from './readScope';
import { ScopeContext } from './ScopeContext';

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
    ['tags', 'Tags of pipelines are unknown.', readings.tags],
    [
      'EventBridge',
      'It is unknown whether anybody is told of failures.',
      readings.eventRules,
    ],
    [
      'notification rules',
      'It is unknown whether anybody is told of failures.',
      readings.notificationRules,
    ],
    [
      'CloudTrail',
      'It is unknown whether changes are recorded.',
      readings.trails,
    ],
    [
      'Access Analyzer',
      'It is unknown which rights are not used.',
      readings.accessReview,
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
