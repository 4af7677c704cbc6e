import {
  Actor,
  EvidenceRef,
  Fact,
  FindingInstance,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { NotApplicable } from './types';

/**
 * What was seen of one thing.
 *
 * @public
 */
export interface Observation {
  /** The thing, as people know it: `stage Production`. */
  subject: string;
  /** What was seen, one sentence. */
  observed: string;
  /** What would pass, one sentence. */
  expected: string;
  evidence?: EvidenceRef[];
  /** Who must act, where it differs from the control's usual actor. */
  actor?: Actor;
  url?: string;
}

function instance(
  status: FindingInstance['status'],
  { evidence = [], ...rest }: Observation,
): FindingInstance {
  return { status, evidence, ...rest };
}

/**
 * One thing is as it should be.
 *
 * @public
 */
export const pass = (observation: Observation): FindingInstance =>
  instance('pass', observation);

/**
 * One thing is not as it should be.
 *
 * @public
 */
export const fail = (observation: Observation): FindingInstance =>
  instance('fail', observation);

/**
 * One thing could not be judged.
 *
 * @public
 */
export function cannotTell(
  subject: string,
  expected: string,
  reason: UnknownReason,
): FindingInstance {
  return {
    status: 'unknown',
    subject,
    observed: reason.message,
    expected,
    evidence: [],
    reason,
    actor: reason.actor,
  };
}

/**
 * The control does not apply to this pipeline.
 *
 * @param because - one sentence, from a known fact
 * @public
 */
export function notApplicable(because: string): NotApplicable {
  return { notApplicable: because };
}

/**
 * Judges a fact of one thing: unknown facts become an unknown instance with their reason.
 *
 * @public
 */
export function judge<T>(
  fact: Fact<T>,
  subject: string,
  expected: string,
  decide: (
    value: T,
  ) =>
    | { ok: boolean; observed: string; actor?: Actor; url?: string }
    | undefined,
): FindingInstance[] {
  if (!fact.known) return [cannotTell(subject, expected, fact.reason)];
  const decision = decide(fact.value);
  if (!decision) return [];
  const { ok, ...rest } = decision;
  const observation = { subject, expected, evidence: fact.evidence, ...rest };
  return [ok ? pass(observation) : fail(observation)];
}
