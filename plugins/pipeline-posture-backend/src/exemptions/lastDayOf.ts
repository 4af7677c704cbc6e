import { InputError } from '@backstage/errors';
import {
  ExemptionLimits,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import { dayAfter, dayOf } from '../history/days';

const isDay = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
};

/**
 * The last day of an exemption: the one that is asked for, or the usual one.
 *
 * @throws InputError if it is no day, has passed, or is further away than is allowed
 */
export function lastDayOf(
  wanted: string | undefined,
  options: { severity: Severity; limits: ExemptionLimits; now: Date },
): string {
  const { maxDays, defaultDays } = options.limits;
  const today = dayOf(options.now);
  if (wanted === undefined)
    return dayAfter(today, Math.min(defaultDays[options.severity], maxDays));
  const latest = dayAfter(today, maxDays);
  if (!isDay(wanted)) throw new InputError('until: write a day as 2027-01-31');
  if (wanted < today) throw new InputError('until: the day has passed');
  if (wanted > latest)
    throw new InputError(`until: at most ${maxDays} days ahead, ${latest}`);
  return wanted;
}
