import { Severity } from '../model';
import { Compliance, Grade, RollUp } from '../scoring';

/**
 * Numbers over all pipelines that match a query and that the caller may see.
 *
 * @public
 */
export interface FleetSummary {
  pipelines: number;
  byGrade: Record<Grade, number>;
  byCompliance: Record<Compliance, number>;
  byProvider: Record<string, number>;
  /** Pipelines in which at least one control of the severity fails. */
  failingBySeverity: Record<Severity, number>;
  /** Most frequent first. */
  controls: Array<{ controlId: string; failing: number; unknown: number }>;
  /** Pipelines that belong to an entity. */
  linked: number;
}

/**
 * What entities are grouped by.
 *
 * @public
 */
export type RollUpBy = 'owner' | 'system' | 'domain';

/**
 * Posture of the entities of an owner, system or domain. An owner counts the entities of groups below it too, each once.
 *
 * @public
 */
export interface GroupRollUp extends RollUp {
  /** Entity ref; undefined for entities that belong to none. */
  ref?: string;
  /** Weakest first, at most five. */
  worst: Array<{ entityRef: string; score: number; grade: Grade }>;
  /** Failing controls, most frequent first, at most five, with the points that fixing each would gain on average over the group's pipelines. */
  failingControls: Array<{
    controlId: string;
    pipelines: number;
    gain: number;
  }>;
  /** Findings that an exemption covers. */
  exempt: number;
}

/**
 * Answer to a pipeline that asks whether it may go on.
 *
 * @public
 */
export interface GateAnswer {
  /** `proceed` or `stop`, for a check to compare with. */
  decision: 'proceed' | 'stop';
  compliance: Compliance;
  grade: Grade;
  score: number;
  /** Why not; empty for `proceed`. */
  reasons: Array<{
    controlId: string;
    title: string;
    status: string;
    observed: string;
    action: string;
  }>;
  /** When the pipeline was read last, ISO 8601. */
  asOf: string;
  /** True if that reading is older than it should be. */
  stale: boolean;
}
