import { Dimension, Severity } from '../model';
import { Compliance, Grade } from '../scoring';

/**
 * A page of a list, with the exact number of all entries that the caller may see.
 *
 * @public
 */
export interface Page<T> {
  items: T[];
  total: number;
  /** 1-based. */
  page: number;
  size: number;
  /** Gives the page after this one, exactly where it ended; absent on the last. */
  nextCursor?: string;
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
}

/**
 * Status of a finding in lists. What passes or does not apply is on the pipeline's own page.
 *
 * @public
 */
export type ListedStatus = 'fail' | 'unknown' | 'exempt' | 'preview';

/**
 * What can be asked of the list of pipelines. Repeated values of one field are alternatives.
 *
 * @public
 */
export interface PipelineQuery {
  /** Text in the name of the pipeline, its scope or an entity. */
  text?: string;
  provider?: string[];
  grade?: Grade[];
  compliance?: Compliance[];
  /** Pipelines in which this control has `status`. */
  control?: string;
  status?: ListedStatus[];
  /** Pipelines in which a control of this severity has `status`; `fail`, if none is given. */
  severity?: Severity[];
  /** Pipelines in which a control of this dimension has `status`; `fail`, if none is given. */
  dimension?: Dimension[];
  entityRef?: string[];
  /** Owners of the entities; a group stands for the groups below it too. */
  owner?: string[];
  system?: string[];
  domain?: string[];
  /** Lifecycles of the entities, as they write them. */
  lifecycle?: string[];
  /** What the pipeline deploys to. */
  tier?: PipelineTier[];
  /** `false`: only pipelines that belong to no entity; needs the right to see the collector. */
  linked?: boolean;
  sort?: PipelineSort;
  order?: 'asc' | 'desc';
  /** 1-based. */
  page?: number;
  /** 1 to 100. */
  size?: number;
  /** From an earlier answer to the same query, instead of `page`. */
  cursor?: string;
  /** `2026-06-30`: as it was at the end of that day, UTC. */
  asOf?: string;
}

/**
 * What a pipeline deploys to: `production` if any stage does, `unknown` if that cannot be told.
 *
 * @public
 */
export type PipelineTier = 'production' | 'non-production' | 'unknown';

/**
 * All values of {@link PipelineTier}.
 *
 * @public
 */
export const PIPELINE_TIERS: readonly PipelineTier[] = [
  'production',
  'non-production',
  'unknown',
];

/**
 * What a list of findings and a count over pipelines share: which pipelines are meant.
 *
 * @public
 */
export type PipelineFilter = Omit<
  PipelineQuery,
  'sort' | 'order' | 'page' | 'size' | 'cursor'
>;

/**
 * What can be asked of the list of entities: those with a pipeline that matches, weakest first.
 *
 * @public
 */
export type EntityQuery = PipelineFilter & {
  /** 1-based. */
  page?: number;
  /** 1 to 100. */
  size?: number;
};

/**
 * What pipelines can be sorted by.
 *
 * @public
 */
export type PipelineSort =
  | 'name'
  | 'score'
  | 'grade'
  | 'failing'
  | 'unknown'
  | 'collected';

/**
 * All values of {@link PipelineSort}.
 *
 * @public
 */
export const PIPELINE_SORTS: readonly PipelineSort[] = [
  'name',
  'score',
  'grade',
  'failing',
  'unknown',
  'collected',
];

/**
 * What can be asked of the list of findings.
 *
 * @public
 */
export interface FindingQuery {
  control?: string[];
  status?: ListedStatus[];
  severity?: Severity[];
  dimension?: Dimension[];
  provider?: string[];
  entityRef?: string[];
  /** A group stands for the groups below it too. */
  owner?: string[];
  system?: string[];
  tier?: PipelineTier[];
  page?: number;
  size?: number;
  /** From an earlier answer to the same query, instead of `page`. */
  cursor?: string;
  /** `2026-06-30`: as it was at the end of that day, UTC. */
  asOf?: string;
}
