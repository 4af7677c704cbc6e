import {
  ChangeCause,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { ResultRecord } from '../evaluation/assessment';

/** What was known of a pipeline at one time. */
export interface Known {
  results: readonly ResultRecord[];
  rubric: string;
  score: number;
  grade: number;
  compliance: number;
}

const causeOf = (
  before: ResultRecord | undefined,
  after: ResultRecord | undefined,
  sameRubric: boolean,
): ChangeCause | undefined => {
  if (!before) return sameRubric ? 'setting-changed' : 'control-added';
  if (!after) return sameRubric ? 'setting-changed' : 'control-removed';
  if (before.status !== after.status) {
    if (!sameRubric) return 'control-changed';
    if (after.status === 'unknown') return 'could-not-check';
    if (before.status === 'unknown') return 'could-check-again';
    return 'setting-changed';
  }
  if (Boolean(before.exempt) !== Boolean(after.exempt)) {
    return after.exempt ? 'exemption-started' : 'exemption-ended';
  }
  if (Boolean(before.preview) !== Boolean(after.preview))
    return 'control-changed';
  return undefined;
};

/**
 * Why a pipeline's posture changed, with what each control said before and after.
 * Empty if nothing that people see has changed.
 */
export function classifyChange(
  before: Known | undefined,
  after: Known,
): Map<ChangeCause, Transition[]> {
  const causes = new Map<ChangeCause, Transition[]>();
  if (!before) {
    causes.set('pipeline-added', []);
    return causes;
  }
  const sameRubric = before.rubric === after.rubric;
  const old = new Map(before.results.map(r => [r.controlId, r]));
  const now = new Map(after.results.map(r => [r.controlId, r]));
  for (const controlId of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const from = old.get(controlId);
    const to = now.get(controlId);
    const cause = causeOf(from, to, sameRubric);
    if (!cause) continue;
    const transition: Transition = {
      controlId,
      ...(from && { from: from.status }),
      ...(to && { to: to.status }),
    };
    causes.set(cause, [...(causes.get(cause) ?? []), transition]);
  }
  const moved =
    before.score !== after.score ||
    before.grade !== after.grade ||
    before.compliance !== after.compliance;
  if (causes.size === 0 && moved) causes.set('weight-changed', []);
  return causes;
}
