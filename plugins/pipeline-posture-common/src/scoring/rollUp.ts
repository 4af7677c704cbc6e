import { COMPLIANCES, Compliance, Grade, GRADES } from './policy';
import { floorPercent } from './percent';

/**
 * The posture of many entities together.
 *
 * @public
 */
export interface RollUp {
  /** Number of entities. */
  entities: number;
  byCompliance: Record<Compliance, number>;
  byGrade: Record<Grade, number>;
  /** Compliant entities, per cent of all, rounded down. Undefined if there are none. */
  compliantShare?: number;
  /** Mean of the entities' scores, rounded down. Undefined if there are none. */
  meanScore?: number;
}

const zeros = <K extends string>(keys: readonly K[]) =>
  Object.fromEntries(keys.map(key => [key, 0])) as Record<K, number>;

/**
 * Sums up entities of an owner, system or domain. Give each entity once.
 *
 * @public
 */
export function rollUp(
  entities: readonly { score: number; grade: Grade; compliance: Compliance }[],
): RollUp {
  const byCompliance = zeros(COMPLIANCES);
  const byGrade = zeros(GRADES);
  let sum = 0;
  for (const { score, grade, compliance } of entities) {
    byCompliance[compliance] += 1;
    byGrade[grade] += 1;
    sum += score;
  }
  const number = entities.length;
  return {
    entities: number,
    byCompliance,
    byGrade,
    ...(number > 0 && {
      compliantShare: floorPercent((100 * byCompliance.compliant) / number),
      meanScore: floorPercent(sum / number),
    }),
  };
}
