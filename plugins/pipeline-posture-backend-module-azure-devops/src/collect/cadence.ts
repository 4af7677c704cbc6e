import { Fact, known } from 'backstage-plugin-pipeline-posture-common';
import { Checkpoints } from 'backstage-plugin-pipeline-posture-node';

/** How seldom something is read that carries no mark of change. */
export interface Cadence {
  checkpoints: Checkpoints;
  now: Date;
  /** What was read less long ago is not read again, in milliseconds. */
  maxAgeMs: number;
}

interface Kept<T> {
  readAt: number;
  value: T;
}

/** True while something that was read at a time need not be read again. */
export const isFresh = (readAt: number, { now, maxAgeMs }: Cadence): boolean =>
  now.getTime() - readAt < maxAgeMs;

/**
 * The remembered answer while it is young enough, else a new one. A refusal is
 * not remembered.
 *
 * @param name - key of the checkpoint; the value must be plain JSON without secrets
 * @param call - which call told it, for evidence
 */
export async function seldom<T>(
  name: string,
  call: string,
  cadence: Cadence,
  ask: () => Promise<Fact<T>>,
): Promise<Fact<T>> {
  const { checkpoints, now } = cadence;
  const kept = await checkpoints.get<Kept<T>>(name, '1');
  if (kept && isFresh(kept.readAt, cadence)) {
    return known(kept.value, {
      source: call,
      observed: `read at ${new Date(kept.readAt).toISOString()}`,
    });
  }
  const fact = await ask();
  if (fact.known)
    await checkpoints.set(name, '1', {
      readAt: now.getTime(),
      value: fact.value,
    });
  return fact;
}
