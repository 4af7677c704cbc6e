import {
  Alert,
  chainFact,
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import {
  EventPatternError,
  EventValue,
  matchesEvent,
} from '../events/eventPattern';
import {
  actionFailed,
  approvalNeeded,
  EventSubject,
  pipelineChanged,
  runFailed,
} from '../events/sampleEvents';
import { actionsOf, PipelineModel } from './pipelineModel';

/** What the sample events of a pipeline are about. */
export function eventSubject(
  model: PipelineModel,
  { accountId, region }: ScopeReadings,
): EventSubject {
  const actions = actionsOf(model);
  const approval = actions.find(({ action }) => action.category === 'Approval');
  const build = actions.find(({ action }) => action.provider === 'CodeBuild');
  const shown = approval ?? actions[actions.length - 1];
  return {
    name: model.definition.name,
    arn: model.definition.arn,
    accountId,
    region,
    stage: shown?.stage.stage.name ?? '',
    action: shown?.action.name ?? '',
    project: build?.action.configuration.ProjectName ?? '',
  };
}

/** Whether anybody is told by targets: a topic without confirmed subscribers tells nobody. */
function reachesSomebody(
  targets: readonly string[],
  readings: ScopeReadings,
): Fact<boolean> {
  let unread: UnknownReason | undefined;
  for (const target of targets) {
    const subscribers = readings.subscribers.get(target);
    if (!subscribers) return known(true);
    if (subscribers.known && subscribers.value > 0) return known(true);
    if (!subscribers.known) unread ??= subscribers.reason;
  }
  return unread ? unknown(unread) : known(false);
}

/** Whether a pattern matches an event; undefined for a pattern that EventBridge itself would refuse. */
export function matchesQuietly(
  pattern: string,
  event: EventValue,
): boolean | undefined {
  try {
    return matchesEvent(pattern, event);
  } catch (error) {
    if (error instanceof EventPatternError) return undefined;
    throw error;
  }
}

/** Event types of notification rules, by what they tell. */
const NOTIFIED: Array<[Alert['on'][number], RegExp]> = [
  [
    'failure',
    /^codepipeline-pipeline-(pipeline-execution|stage-execution|action-execution)-failed$/,
  ],
  ['approval-needed', /^codepipeline-pipeline-manual-approval-needed$/],
];

/** Who and what is told of the runs of a pipeline. */
export function alertsOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<Alert[]> {
  const { eventRules, notificationRules } = readings;
  if (!eventRules.known) return eventRules;
  if (!notificationRules.known) return notificationRules;
  const subject = eventSubject(model, readings);
  const samples: Array<[Alert['on'][number], EventValue]> = [
    ['failure', runFailed(subject)],
    ['failure', actionFailed(subject)],
    ['approval-needed', approvalNeeded(subject)],
    ['pipeline-change', pipelineChanged(subject)],
  ];
  const alerts: Alert[] = [];
  const add = (
    name: string,
    on: Alert['on'],
    enabled: boolean,
    targets: Fact<readonly string[]>,
  ) => {
    if (on.length === 0) return;
    const effective = enabled
      ? chainFact(targets, all => reachesSomebody(all, readings))
      : known(false);
    alerts.push({ name, on, effective });
  };
  for (const rule of eventRules.value) {
    const { pattern } = rule;
    if (!pattern) continue;
    const on = samples
      .filter(([, event]) => matchesQuietly(pattern, event))
      .map(([what]) => what);
    add(
      `EventBridge rule ${rule.name}`,
      [...new Set(on)],
      rule.enabled,
      readings.eventTargets.get(rule.name) ?? known([]),
    );
  }
  for (const rule of notificationRules.value) {
    if (rule.resource !== model.definition.arn) continue;
    const on = NOTIFIED.filter(([, type]) =>
      rule.eventTypes.some(eventType => type.test(eventType)),
    ).map(([what]) => what);
    add(
      `notification rule ${rule.name}`,
      on,
      rule.enabled,
      known(rule.targets),
    );
  }
  for (const { action } of actionsOf(model)) {
    const topic = action.configuration.NotificationArn;
    if (action.category === 'Approval' && topic) {
      add(`approval ${action.name}`, ['approval-needed'], true, known([topic]));
    }
  }
  return known(alerts, [
    { source: 'events:ListRules' },
    { source: 'codestar-notifications:ListNotificationRules' },
  ]);
}
