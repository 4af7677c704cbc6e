import { RubricChange } from './historyTypes';

/**
 * What the pipelines that match a query were at the end of a day.
 *
 * @public
 */
export interface PipelineTrendPoint {
  /** `2026-11-21`, UTC. */
  day: string;
  /** How many of them there were. */
  pipelines: number;
  compliant: number;
  nonCompliant: number;
  unknown: number;
  /** Compliant pipelines, per cent of all, rounded down. */
  compliantShare: number;
}

/**
 * How the pipelines that match a query now did over time. Days on which none of them was read are missing.
 *
 * @public
 */
export interface PipelineTrend {
  /** How many match; the last point counts exactly these. */
  pipelines: number;
  /** Oldest first. */
  points: PipelineTrendPoint[];
  rubricChanges: RubricChange[];
  /** The day that was asked for. */
  asOf?: string;
}

/**
 * What moved in the pipelines that match a query.
 *
 * @public
 */
export interface FleetProgress {
  /** The day that today is compared with, 30 days ago, UTC. */
  since: string;
  /** Compliant pipelines on that day, per cent. Absent where nothing was read on it. */
  compliantShare?: number;
  /** In how many of them a critical control failed on that day. Absent where that is not known. */
  failingCritical?: number;
  /** In how many of them an exemption ends within 14 days. */
  exemptionsEnding: number;
  /** How many findings were fixed in the last 90 days. */
  fixes: number;
  /** Median of the days from failing to passing, over those. Absent where nothing was fixed. */
  medianDaysToFix?: number;
}
