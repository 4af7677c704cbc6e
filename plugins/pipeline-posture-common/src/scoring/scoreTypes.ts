import { Dimension, ResultStatus, Severity } from '../model';
import { Compliance, Grade } from './policy';

/**
 * One control's result, as far as scoring is concerned.
 *
 * @public
 */
export interface ControlResult {
  controlId: string;
  dimension: Dimension;
  severity: Severity;
  status: ResultStatus;
  /** Shown, not scored. */
  preview?: boolean;
  /** Switched off by the operator, with a written reason. */
  disabled?: boolean;
  /** An approved, unexpired exemption covers it. Takes effect only while it does not pass. */
  exempt?: boolean;
  /** For `unknown`: what it was when it was decided last. */
  lastDecided?: 'pass' | 'fail';
}

/**
 * Why a control holds a grade down.
 *
 * @public
 */
export interface GradeCap {
  grade: 'B' | 'D';
  controlId: string;
}

/**
 * What one control does to the score.
 *
 * @public
 */
export interface Contribution {
  controlId: string;
  dimension: Dimension;
  /** Weight within its dimension; 0 if it does not count. */
  weight: number;
  /** Points of the total score, not rounded. */
  earned: number;
  /** Points of the total score that it costs, not rounded. Score + sum of lost = 100, up to rounding. */
  lost: number;
  /** By how much the shown score rises if only this control comes to pass. */
  gainIfFixed: number;
  cap?: GradeCap['grade'];
}

/**
 * Numbers of one dimension or of a whole pipeline, per cent, rounded down.
 *
 * @public
 */
export interface Score {
  score: number;
  /** What the score would be if everything unknown passed. */
  potential: number;
  /** Share of the applicable weight that is decided. */
  coverage: number;
}

/**
 * The posture of a pipeline.
 *
 * @public
 */
export interface PipelineScore extends Score {
  grade: Grade;
  /** The grade that number and caps give, whatever the coverage; equal to `grade` where graded. */
  gradeIgnoringCoverage: Exclude<Grade, 'not-graded'>;
  /** Set where caps make the grade worse than the number alone. */
  cap?: GradeCap;
  compliance: Compliance;
  /** Number of controls by status; `exempt` counts those that an exemption takes out. */
  counts: Record<ResultStatus, number> & { exempt: number; preview: number };
  dimensions: Partial<Record<Dimension, Score>>;
  contributions: Contribution[];
  /** Ids of the failing controls with the largest `gainIfFixed`, at most three. */
  fixFirst: string[];
  /** The same without exemptions. */
  withoutExemptions: Score & { grade: Grade; compliance: Compliance };
}
