import { known } from 'backstage-plugin-pipeline-posture-common';
import { AwsConnection } from '../client/AwsConnection';
import { MonitoringReader } from '../client/MonitoringReader';
import { readEach } from '../client/readEach';
import { ActionDefinition } from './definition';
import { ScopeReadings } from './readings';

/** Patterns that may be about pipelines: they name one of their services, or no source at all. */
const mayBeAboutPipelines = (pattern: string) =>
  /codepipeline|codebuild/i.test(pattern) ||
  !/"source"/.test(pattern) ||
  /prefix|wildcard|anything-but|suffix|equals-ignore-case/.test(pattern);

/** Who is told of what in a scope, and what is recorded. */
export async function readMonitoring(
  actions: readonly ActionDefinition[],
  connection: AwsConnection,
): Promise<
  Pick<
    ScopeReadings,
    | 'eventRules'
    | 'eventTargets'
    | 'subscribers'
    | 'notificationRules'
    | 'trails'
  >
> {
  const reader = MonitoringReader.create(connection);
  const [eventRules, notificationRules, trails] = await Promise.all([
    reader.listRules(),
    reader.listNotificationRules(),
    reader.listTrails(),
  ]);
  const relevant = eventRules.known
    ? eventRules.value.filter(
        ({ enabled, pattern }) =>
          enabled && pattern && mayBeAboutPipelines(pattern),
      )
    : [];
  const eventTargets = await readEach(
    relevant.map(({ name }) => name),
    name => reader.targetsOf(name),
  );
  const topic = new RegExp(
    `^arn:[^:]+:sns:${connection.region}:${connection.accountId}:`,
  );
  const targets = [
    ...[...eventTargets.values()].flatMap(found =>
      found.known ? found.value : [],
    ),
    ...(notificationRules.known
      ? notificationRules.value.flatMap(({ targets: to }) => to)
      : []),
    ...actions.flatMap(
      ({ configuration }) => configuration.NotificationArn ?? [],
    ),
  ].filter(arn => topic.test(arn));
  return {
    eventRules,
    notificationRules,
    trails,
    eventTargets: new Map(
      (eventRules.known ? eventRules.value : []).map(({ name }) => [
        name,
        eventTargets.get(name) ?? known([]),
      ]),
    ),
    subscribers: await readEach(targets, arn => reader.subscribersOf(arn)),
  };
}
