import {
  EXEMPTION_ENDING_SOON_DAYS,
  EXEMPTION_QUEUES,
  ExemptionQueue,
} from 'backstage-plugin-pipeline-posture-common';
import { dayAfter } from '../history/days';
import { StoredExemption } from './ExemptionStore';

/** Whether somebody would look for an exemption in a queue. */
export function isIn(
  queue: ExemptionQueue,
  { state, until }: Pick<StoredExemption, 'state' | 'until'>,
  today: string,
): boolean {
  switch (queue) {
    case 'ending-soon':
      return (
        state === 'active' &&
        until <= dayAfter(today, EXEMPTION_ENDING_SOON_DAYS)
      );
    case 'expired':
      return state === 'expired' || state === 'lapsed';
    default:
      return state === queue;
  }
}

/** How many exemptions stand in each queue. */
export const countsOf = (
  exemptions: readonly StoredExemption[],
  today: string,
): Record<ExemptionQueue, number> =>
  Object.fromEntries(
    EXEMPTION_QUEUES.map(queue => [
      queue,
      exemptions.filter(exemption => isIn(queue, exemption, today)).length,
    ]),
  ) as Record<ExemptionQueue, number>;

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** What needs attention first: who has waited longest, what ends next; of what is over, the latest. */
export function inOrderOf(
  queue: ExemptionQueue | undefined,
  exemptions: readonly StoredExemption[],
): StoredExemption[] {
  const compare: Record<
    ExemptionQueue,
    (a: StoredExemption, b: StoredExemption) => number
  > = {
    waiting: (a, b) => byText(a.requestedAt, b.requestedAt),
    active: (a, b) => byText(a.until, b.until),
    'ending-soon': (a, b) => byText(a.until, b.until),
    expired: (a, b) => byText(b.until, a.until),
    rejected: (a, b) => byText(b.decidedAt ?? '', a.decidedAt ?? ''),
    revoked: (a, b) => byText(b.decidedAt ?? '', a.decidedAt ?? ''),
  };
  if (!queue) return [...exemptions];
  return [...exemptions].sort(
    (a, b) => compare[queue](a, b) || byText(a.id, b.id),
  );
}
