import {
  EXEMPTION_ENDING_SOON_DAYS,
  EXEMPTION_QUEUES,
  ExemptionQueue,
} from 'backstage-plugin-pipeline-posture-common';
import { dayAfter } from '../history/days';
import { StoredExemption } from './exemptionRows';

/** Ids of active exemptions whose end changes nothing: another one for the same control and target holds longer. */
export function outlasted(
  exemptions: readonly StoredExemption[],
): ReadonlySet<string> {
  const nameOf = ({ controlId, pipelineId, entityRef }: StoredExemption) =>
    JSON.stringify([controlId, pipelineId, entityRef]);
  const active = exemptions.filter(({ state }) => state === 'active');
  const longest = new Map<string, string>();
  for (const exemption of active) {
    const name = nameOf(exemption);
    if (exemption.until > (longest.get(name) ?? ''))
      longest.set(name, exemption.until);
  }
  return new Set(
    active
      .filter(e => e.until < (longest.get(nameOf(e)) ?? ''))
      .map(({ id }) => id),
  );
}

/** Ids of active exemptions that end soon, so that something counts again. */
export function endingSoon(
  exemptions: readonly StoredExemption[],
  today: string,
): ReadonlySet<string> {
  const extended = outlasted(exemptions);
  const last = dayAfter(today, EXEMPTION_ENDING_SOON_DAYS);
  return new Set(
    exemptions
      .filter(
        ({ id, state, until }) =>
          state === 'active' && until <= last && !extended.has(id),
      )
      .map(({ id }) => id),
  );
}

/** Whether somebody would look for an exemption in a queue. */
export function isIn(
  queue: ExemptionQueue,
  { id, state }: Pick<StoredExemption, 'id' | 'state'>,
  ending: ReadonlySet<string>,
): boolean {
  switch (queue) {
    case 'ending-soon':
      return ending.has(id);
    case 'expired':
      return state === 'expired' || state === 'lapsed';
    default:
      return state === queue;
  }
}

/** How many exemptions stand in each queue. */
export const countsOf = (
  exemptions: readonly StoredExemption[],
  ending: ReadonlySet<string>,
): Record<ExemptionQueue, number> =>
  Object.fromEntries(
    EXEMPTION_QUEUES.map(queue => [
      queue,
      exemptions.filter(exemption => isIn(queue, exemption, ending)).length,
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
