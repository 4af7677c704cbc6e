import { Dimension, Severity } from '../model';
import { Compliance, Grade, RollUp, ScoringPolicy } from '../scoring';

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
  /** What the numbers were made with. */
  policy?: ScoringPolicy;
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
}

/**
 * A value that a filter can take, and how many pipelines have it.
 *
 * @public
 */
export interface FacetValue {
  value: string;
  count: number;
}

/**
 * How many values of a filter an answer holds at most, beside those that are asked for.
 *
 * @public
 */
export const MOST_FACET_VALUES = 500;

/**
 * The values of every filter over the pipelines that match all *other* filters, most frequent first, at most
 * {@link MOST_FACET_VALUES} each. Those that the query names are among them, however seldom they are.
 *
 * @public
 */
export interface FleetFacets {
  /** Pipelines that match all filters. */
  total: number;
  provider: FacetValue[];
  grade: FacetValue[];
  compliance: FacetValue[];
  tier: FacetValue[];
  /** Severities of controls that have the asked status; `fail`, if none is asked for. */
  severity: FacetValue[];
  dimension: FacetValue[];
  /** Controls that have the asked status; `fail`, if none is asked for. */
  control: FacetValue[];
  status: FacetValue[];
  lifecycle: FacetValue[];
  owner: FacetValue[];
  system: FacetValue[];
  domain: FacetValue[];
  asOf?: string;
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
  /** Pipelines of the entities that match the query. */
  pipelines?: number;
  /** Weakest first, at most five. */
  worst: Array<{ entityRef: string; score: number; grade: Grade }>;
  /**
   * Failing controls, most frequent first, with the points that fixing each would gain on average over the group's
   * pipelines: the five most frequent, and the three with the highest product of both.
   */
  failingControls: Array<{
    controlId: string;
    pipelines: number;
    gain: number;
  }>;
  /** Findings that an exemption covers. */
  exempt: number;
}

/**
 * Results of the controls of one dimension over the pipelines of a group.
 *
 * @public
 */
export interface HeatMapCell {
  /** Numbers of results, one for each pipeline and control that counts. */
  pass: number;
  fail: number;
  unknown: number;
  exempt: number;
  /** Passing of passing, failing and unknown results, per cent, rounded down. Absent where there are none. */
  passingShare?: number;
  /** Pipelines in which something of the dimension fails. */
  failingPipelines: number;
}

/**
 * One row of a heat map.
 *
 * @public
 */
export interface HeatMapGroup {
  /** Entity ref; undefined for pipelines whose entities belong to none. */
  ref?: string;
  pipelines: number;
  cells: Partial<Record<Dimension, HeatMapCell>>;
}

/**
 * Groups by dimensions.
 *
 * @public
 */
export interface HeatMap {
  by: RollUpBy;
  groups: HeatMapGroup[];
  asOf?: string;
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

/**
 * An entity in a list.
 *
 * @public
 */
export interface EntityRow {
  entityRef: string;
  owner?: string;
  score: number;
  grade: Grade;
  compliance: Compliance;
  /** Numbers of its pipelines that match, and of results in them. */
  pipelines: number;
  failing: number;
  unknown: number;
}
