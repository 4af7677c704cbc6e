import { ResultStatus } from '../model';
import { Compliance, Grade } from '../scoring';
import { RollUpBy } from './fleetTypes';

/**
 * Why something changed.
 *
 * - `setting-changed`: the pipeline, or what it uses, was changed
 * - `pipeline-added`, `pipeline-gone`
 * - `control-added`, `control-removed`, `control-changed`, `weight-changed`: the rules changed, not the pipeline
 * - `exemption-started`, `exemption-ended`
 * - `could-not-check`, `could-check-again`
 *
 * @public
 */
export type ChangeCause =
  | 'setting-changed'
  | 'pipeline-added'
  | 'pipeline-gone'
  | 'control-added'
  | 'control-removed'
  | 'control-changed'
  | 'weight-changed'
  | 'exemption-started'
  | 'exemption-ended'
  | 'could-not-check'
  | 'could-check-again';

/**
 * What a control said before and after.
 *
 * @public
 */
export interface Transition {
  controlId: string;
  from?: ResultStatus;
  to?: ResultStatus;
}

/**
 * The numbers before or after a change.
 *
 * @public
 */
export interface PostureMark {
  score: number;
  grade: Grade;
  compliance: Compliance;
}

/**
 * An entry of the ledger.
 *
 * @public
 */
export interface ChangeView {
  id: number;
  /** Entries of the same moment have the same event. */
  eventId: string;
  /** ISO 8601. */
  at: string;
  pipelineId: string;
  pipelineName: string;
  cause: ChangeCause;
  /** True where the rules changed and not the pipeline. */
  ruleChange: boolean;
  transitions: Transition[];
  before?: PostureMark;
  after?: PostureMark;
}

/**
 * A point of a trend. Days on which nothing was read are left out; they are gaps, not zeros. The last one may be of a day
 * without a reading: where the numbers have changed since, by an exemption or because results are too old.
 *
 * @public
 */
export interface TrendPoint extends PostureMark {
  /** `2026-11-21`, UTC. */
  day: string;
  failing: number;
  unknown: number;
}

/**
 * Trend and ledger of an entity.
 *
 * @public
 */
export interface EntityHistory {
  trend: TrendPoint[];
  /** Newest first, at most 50. */
  changes: ChangeView[];
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
}

/**
 * What a trend is about.
 *
 * @public
 */
export type TrendBy = 'fleet' | RollUpBy;

/**
 * Entities of a group at the end of one day. Days on which nothing was collected are left out; they are gaps, not zeros.
 *
 * @public
 */
export interface GroupTrendPoint {
  /** `2026-11-21`, UTC. */
  day: string;
  entities: number;
  compliant: number;
  nonCompliant: number;
  unknown: number;
  /** Compliant entities, per cent of all, rounded down. */
  compliantShare: number;
  meanScore: number;
}

/**
 * A day on which the rules changed, so that numbers before and after do not compare.
 *
 * @public
 */
export interface RubricChange {
  day: string;
  controlsAdded: string[];
  controlsRemoved: string[];
  /** Controls whose rule, severity or dimension changed. */
  controlsChanged: string[];
  /** True if weights, the compliance bar or the minimum coverage changed. */
  policyChanged: boolean;
}

/**
 * How a group, or everything that the caller may see, did over time.
 *
 * @public
 */
export interface GroupTrend {
  by: TrendBy;
  /** Entity ref of the group; absent for `fleet` and for entities that belong to none. */
  ref?: string;
  points: GroupTrendPoint[];
  rubricChanges: RubricChange[];
}

/**
 * A time in which one control said the same of one pipeline.
 *
 * @public
 */
export interface FindingInterval {
  /** Absent while the control was not checked. */
  status?: ResultStatus;
  /** An exemption covered it. */
  exempt: boolean;
  /** ISO 8601; absent where it began before anything that is kept. */
  from?: string;
  /** ISO 8601; absent for what still is. */
  to?: string;
  /** Why it began; absent for what was found first. */
  cause?: ChangeCause;
  /** True where the rules changed and not the pipeline. */
  ruleChange: boolean;
}

/**
 * What one control said of one pipeline over time.
 *
 * @public
 */
export interface FindingHistory {
  controlId: string;
  pipelineId: string;
  /** Newest first. */
  intervals: FindingInterval[];
  /** Whole days, UTC, on which the pipeline was not read, newest first, at most 20. */
  gaps: Array<{ from: string; to: string }>;
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
}
