import {
  Actor,
  Dimension,
  FindingInstance,
  ResultStatus,
  Severity,
} from '../model';
import { FindingExemption } from './exemptionTypes';

/**
 * Number of failing controls by severity.
 *
 * @public
 */
export type FailingBySeverity = Record<Severity, number>;

/**
 * The result of one control on one pipeline, as people see it.
 *
 * @public
 */
export interface FindingView {
  controlId: string;
  title: string;
  dimension: Dimension;
  severity: Severity;
  status: ResultStatus;
  pipelineId: string;
  pipelineName: string;
  provider: string;
  /** Who must act. */
  actor: Actor;
  /** What was observed, worst first. Without `evidence` where the caller may not read it. */
  instances: FindingInstance[];
  /** Since when it has had this status, ISO 8601. */
  since: string;
  /** For `unknown`: what it was when it was decided last. */
  lastDecided?: 'pass' | 'fail';
  preview: boolean;
  exempt: boolean;
  /** The exemption that covers it, waits for it, or ended while it failed; on entities and pipelines, not in lists. */
  exemption?: FindingExemption;
  /** What the pipeline's score gains if this comes to pass. */
  gainIfFixed: number;
  stale: boolean;
  /** In how many other pipelines, of those that the caller may see, the same control fails for the same resource: one fix mends all. */
  alsoFixes?: number;
  /** SHA-256 of the evidence of all instances, as in the evidence package; only where the caller may read evidence. */
  evidenceSha256?: string;
}

/**
 * A control that passes or does not apply; the pipeline's page has the detail.
 *
 * @public
 */
export interface QuietResult {
  controlId: string;
  pipelineId: string;
  status: 'pass' | 'not-applicable';
}
