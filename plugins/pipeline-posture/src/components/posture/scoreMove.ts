import { DayScore } from 'backstage-plugin-pipeline-posture-common';

const DAY_MS = 86_400_000;

/** How a score moved between two days. */
export interface ScoreMove {
  /** Points; negative where it fell. */
  by: number;
  /** The day that it is compared with, `2026-10-24`. */
  since: string;
}

/**
 * How a score moved in the last days; undefined with fewer than two days to compare.
 *
 * @param recent - oldest first
 */
export function moveOf(
  recent: readonly DayScore[],
  days = 30,
): ScoreMove | undefined {
  const last = recent[recent.length - 1];
  if (!last) return undefined;
  const from = Date.parse(last.day) - days * DAY_MS;
  const first = recent.find(({ day }) => Date.parse(day) >= from);
  if (!first || first === last) return undefined;
  return { by: last.score - first.score, since: first.day };
}
