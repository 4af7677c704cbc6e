import { ControlMetadata, Dimension } from '../model';
import {
  Compliance,
  Grade,
  GradeCap,
  PipelineScore,
  Score,
  ScoringPolicy,
} from '../scoring';
import { FailingBySeverity, FindingView, QuietResult } from './findingTypes';
import { PipelineSummary } from './pipelineTypes';

/**
 * Why an entity has no score, or that it has one.
 *
 * - `scored`: at least one pipeline is linked and was checked
 * - `no-annotation`: nothing links the entity to a pipeline
 * - `not-found`: it points to pipelines that the last run did not find
 * - `scheduled`: it points to pipelines; the first run has not finished
 * - `not-recorded`: asked for a day on which no pipeline of it was recorded
 *
 * @public
 */
export type EntityPostureState =
  | 'scored'
  | 'no-annotation'
  | 'not-found'
  | 'scheduled'
  | 'not-recorded';

/**
 * Annotation of an entity that names a pipeline.
 *
 * @public
 */
export interface PipelineAnnotation {
  annotation: string;
  value: string;
  /** Set where the value cannot be read; says what to change. */
  problem?: string;
}

/**
 * The posture of an entity with all that its tab shows.
 *
 * @public
 */
export interface EntityPosture {
  entityRef: string;
  state: EntityPostureState;
  /** Annotations that point to pipelines. */
  annotations: PipelineAnnotation[];
  /** Values of annotations that match no pipeline. */
  unmatched: PipelineAnnotation[];
  summary?: EntitySummary;
  pipelines: PipelineSummary[];
  /** Findings that fail, are unknown, in preview or exempt. */
  findings: FindingView[];
  quiet: QuietResult[];
  /** Per dimension, of the weakest pipeline. */
  dimensions: Partial<Record<Dimension, Score>>;
  /** The controls behind `findings` and `quiet`. */
  controls: ControlMetadata[];
  /** When the next run is due, ISO 8601. */
  nextCheckAt?: string;
  /** When the last run finished, ISO 8601. */
  lastRunAt?: string;
  /** What the numbers were made with. */
  policy?: ScoringPolicy;
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
  /** What the caller may do here. */
  may: { seeEvidence: boolean; checkAgain: boolean };
}

/**
 * The score at the end of a day.
 *
 * @public
 */
export interface DayScore {
  /** `2026-11-21`, UTC. */
  day: string;
  score: number;
}

/**
 * The numbers of an entity.
 *
 * @public
 */
export interface EntitySummary {
  score: number;
  /** Days of the last 90 on which it was read, oldest first; the others are gaps. The last one has the score above. */
  recent: DayScore[];
  potential: number;
  coverage: number;
  grade: Grade;
  compliance: Compliance;
  provisional: boolean;
  /** Set where the grade is held below its number. */
  cap?: GradeCap;
  weakestPipeline: { id: string; name: string };
  /** True if the headline is taken from pipelines that reach production. */
  fromProduction: boolean;
  /** Sums over the entity's pipelines. */
  counts: PipelineScore['counts'];
  failing: FailingBySeverity;
  withoutExemptions: Score & { grade: Grade };
  /**
   * The most useful fixes, at most three: what is critical in any pipeline of production, then those of the weakest.
   * `gain` is what the pipeline itself gains.
   */
  fixFirst: Array<{
    controlId: string;
    pipelineId: string;
    gain: number;
  }>;
  /** Oldest reading among the pipelines, ISO 8601. */
  collectedAt: string;
  stale: boolean;
}

/**
 * The labels of one entity; without `compliance` it has none any more.
 *
 * @public
 */
export interface EntityLabels {
  entityRef: string;
  compliance?: Compliance;
  grade?: Grade;
}

/**
 * Labels that changed since a cursor.
 *
 * @public
 */
export interface LabelChanges {
  items: EntityLabels[];
  /** Give it back next time. */
  cursor: string;
  /** True if `items` is everything, because there was no usable cursor. */
  complete: boolean;
  /** True if more is waiting behind this cursor. */
  more: boolean;
}
