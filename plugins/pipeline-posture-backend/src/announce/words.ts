import { AlertConfig } from '../config/readConfig';
import { PostureChange } from './PostureChange';

/** `1 pipeline`, `2 pipelines`. */
export const counted = (n: number, one: string, many: string) =>
  n === 1 ? `1 ${one}` : `${n} ${many}`;

/** One line for each pipeline that an owner must hear of. */
export function lineOf(
  change: PostureChange,
  alerts: AlertConfig,
): string | undefined {
  const { before, after, newCritical, pipelineName } = change;
  const stopped =
    before &&
    before.compliance !== 'non-compliant' &&
    after.compliance === 'non-compliant';
  if (stopped && alerts.stopsComplying) {
    return `${pipelineName} no longer complies (${before.score} → ${after.score} points)`;
  }
  // The first reading of a pipeline is no news: everything in it is new.
  if (before && newCritical.length > 0 && alerts.newCritical) {
    return `${pipelineName}: ${newCritical.join(', ')}`;
  }
  return undefined;
}
