import {
  Finding,
  PipelineScore,
  ReachesProduction,
  ResultStatus,
} from 'backstage-plugin-pipeline-posture-common';

/** What is remembered of one control's result between runs. */
export interface ResultRecord {
  controlId: string;
  status: ResultStatus;
  /** Since when it has this status, ISO 8601. */
  since: string;
  lastDecided?: 'pass' | 'fail';
  /** When it was decided last, ISO 8601; left out where that is the latest reading. */
  decidedAt?: string;
  /** True if the status is carried over because it could not be refreshed. */
  stale?: boolean;
  preview?: boolean;
  /** True while an approved exemption covers it and it does not pass. */
  exempt?: boolean;
}

/** A finding with what the store adds to it. */
export interface AssessedFinding extends Finding {
  since: string;
  lastDecided?: 'pass' | 'fail';
  stale: boolean;
  preview: boolean;
  exempt: boolean;
  gainIfFixed: number;
}

/** Fingerprints of what was tolerated, by control. */
export type ExemptControls = ReadonlyMap<string, string>;

/** Everything that follows from a snapshot. */
export interface Assessment {
  /** Controls whose exemption no longer fits what is observed. */
  lapsed: string[];
  posture: PipelineScore;
  findings: AssessedFinding[];
  results: ResultRecord[];
  reaches: ReachesProduction;
  rubric: string;
}

/** What was known of the pipeline before. */
export interface PreviousAssessment {
  /** When the pipeline was read last, ISO 8601. */
  collectedAt: string;
  results: ResultRecord[];
  /** Findings that did not plainly pass. */
  findings: AssessedFinding[];
}
