import { Actor, EvidenceRef, UnknownReason } from './fact';
import { Dimension, Severity } from './control';

/**
 * What a control says of a pipeline.
 *
 * @public
 */
export type ResultStatus = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/**
 * What a control says of one thing in a pipeline: a stage, an identity, a repository.
 *
 * @public
 */
export interface FindingInstance {
  status: ResultStatus;
  /** The thing, as people know it: `stage Production`. */
  subject: string;
  /** What was seen, one sentence. */
  observed: string;
  /** What would pass, one sentence. */
  expected: string;
  evidence: EvidenceRef[];
  /** For `unknown`. */
  reason?: UnknownReason;
  /** Who must act, where it differs from the control's usual actor. */
  actor?: Actor;
  /** A page of the source where the fix is made. */
  url?: string;
}

/**
 * The result of one control on one pipeline.
 *
 * @public
 */
export interface Finding {
  controlId: string;
  title: string;
  dimension: Dimension;
  severity: Severity;
  lifecycle: 'active' | 'preview';
  status: ResultStatus;
  /** The worst instance decides the status; all are listed, worst first. For `not-applicable` there may be one that says why. */
  instances: FindingInstance[];
  /** Who must act, by the worst instance. */
  actor: Actor;
}
