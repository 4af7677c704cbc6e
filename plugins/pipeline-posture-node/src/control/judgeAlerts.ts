import {
  Alert,
  FindingInstance,
} from 'backstage-plugin-pipeline-posture-common';
import { cannotTell, fail, pass } from './verdicts';

/**
 * Whether somebody is told of something: a pass if one alert surely reaches somebody,
 * unknown if one may, a fail if there is none or all of them reach nobody.
 *
 * @public
 */
export function judgeAlerts(
  alerts: readonly Alert[],
  options: {
    /** Which alerts are asked about. */
    on: Array<Alert['on'][number]>;
    subject: string;
    expected: string;
    /** Starts a sentence that ends with the names of alerts: `Failed runs are told through`. */
    told: string;
    /** Says that there is no such alert. */
    nothing: string;
    /** Starts a sentence that ends with the names of alerts: `What should tell of failed runs reaches nobody:`. */
    nobody: string;
  },
): FindingInstance[] {
  const { subject, expected } = options;
  const asked = alerts.filter(({ on }) =>
    on.some(what => options.on.includes(what)),
  );
  const namesOf = (list: readonly Alert[]) =>
    list.map(({ name }) => name).join(', ');
  const effective = asked.filter(
    alert => alert.effective.known && alert.effective.value,
  );
  if (effective.length > 0) {
    const observed = `${options.told} ${namesOf(effective)}.`;
    return [pass({ subject, expected, observed })];
  }
  const unread = asked.find(alert => !alert.effective.known)?.effective;
  if (unread && !unread.known) {
    return [cannotTell(subject, expected, unread.reason)];
  }
  const observed =
    asked.length === 0
      ? options.nothing
      : `${options.nobody} ${namesOf(asked)}.`;
  return [fail({ subject, expected, observed })];
}
