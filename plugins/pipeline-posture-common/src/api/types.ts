import {
  Actor,
  ControlMetadata,
  Dimension,
  FindingInstance,
  PipelineKind,
  ReachesProduction,
  ResultStatus,
  Severity,
  UnknownReason,
} from '../model';
import {
  Compliance,
  Contribution,
  Grade,
  GradeCap,
  PipelineScore,
  Score,
} from '../scoring';

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
}

/**
 * Number of failing controls by severity.
 *
 * @public
 */
export type FailingBySeverity = Record<Severity, number>;

/**
 * One pipeline in a list.
 *
 * @public
 */
export interface PipelineSummary {
  /** The string form of its `PipelineRef`; used in addresses. */
  id: string;
  name: string;
  provider: string;
  kind: PipelineKind;
  /** Address of the pipeline in its source. */
  url: string;
  /** Title of the scope that it was found in: `Azure DevOps contoso, project Payments`. */
  scope: string;
  reachesProduction: ReachesProduction;
  score: number;
  potential: number;
  coverage: number;
  grade: Grade;
  cap?: GradeCap;
  compliance: Compliance;
  counts: PipelineScore['counts'];
  failing: FailingBySeverity;
  /** Entities that it belongs to and that the caller may read. */
  entityRefs: string[];
  /** When it was last read, ISO 8601. */
  collectedAt: string;
  /** True if it could not be read when it was due; the results are the last good ones. */
  stale: boolean;
}

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
  /** What the pipeline's score gains if this comes to pass. */
  gainIfFixed: number;
  stale: boolean;
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

/**
 * Why an entity has no score, or that it has one.
 *
 * - `scored`: at least one pipeline is linked and was checked
 * - `no-annotation`: nothing links the entity to a pipeline
 * - `not-found`: it points to pipelines that the last run did not find
 * - `scheduled`: it points to pipelines; the first run has not finished
 *
 * @public
 */
export type EntityPostureState =
  | 'scored'
  | 'no-annotation'
  | 'not-found'
  | 'scheduled';

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
  /** What the caller may do here. */
  may: { seeEvidence: boolean; checkAgain: boolean };
}

/**
 * The numbers of an entity.
 *
 * @public
 */
export interface EntitySummary {
  score: number;
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
  /** The most useful fixes of the weakest pipeline, at most three. */
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
 * One pipeline with everything that is known of it.
 *
 * @public
 */
export interface PipelineDetail {
  pipeline: PipelineSummary;
  /** All controls that exist for this kind of pipeline, whatever their result. */
  findings: FindingView[];
  dimensions: Partial<Record<Dimension, Score>>;
  contributions: Contribution[];
  withoutExemptions: PipelineScore['withoutExemptions'];
  stages: StageView[];
  identities: IdentityView[];
  controls: ControlMetadata[];
  may: { seeEvidence: boolean; checkAgain: boolean };
}

/**
 * A stage of a pipeline, for people.
 *
 * @public
 */
export interface StageView {
  name: string;
  deploys: boolean;
  tier: 'production' | 'non-production' | 'unknown';
  environment?: string;
  gates: string[];
}

/**
 * An identity of a pipeline, for people.
 *
 * @public
 */
export interface IdentityView {
  id: string;
  name: string;
  type: string;
  purposes: string[];
  /** Kind of credential, or `unknown`. */
  credential: string;
  /** How many other pipelines can use it; undefined if that is not known. */
  sharedWith?: number;
  url?: string;
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
  entityRef?: string[];
  owner?: string[];
  system?: string[];
  reaches?: ReachesProduction[];
  /** `false`: only pipelines that belong to no entity; needs the right to see the collector. */
  linked?: boolean;
  sort?: PipelineSort;
  order?: 'asc' | 'desc';
  /** 1-based. */
  page?: number;
  /** 1 to 100. */
  size?: number;
}

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
  page?: number;
  size?: number;
}

/**
 * A scope of a source and how its collection goes.
 *
 * @public
 */
export interface ScopeView {
  id: string;
  provider: string;
  title: string;
  sourceId: string;
  state: 'scheduled' | 'running' | 'ok' | 'incomplete' | 'failing';
  pipelines: number;
  nextRunAt: string;
  lastRun?: RunView;
  /** When a run last finished without failing, ISO 8601. */
  lastGoodRunAt?: string;
}

/**
 * One run over a scope.
 *
 * @public
 */
export interface RunView {
  id: string;
  scopeId: string;
  scopeTitle: string;
  /** `abandoned`: the replica that worked on it is gone. */
  status: 'running' | 'succeeded' | 'incomplete' | 'failed' | 'abandoned';
  trigger: 'schedule' | 'check-again' | 'event';
  startedAt: string;
  finishedAt?: string;
  pipelinesDone: number;
  pipelinesTotal?: number;
  problems: ProblemView[];
  error?: string;
}

/**
 * Something that a run could not read.
 *
 * @public
 */
export interface ProblemView {
  subject: string;
  effect: string;
  reason: UnknownReason;
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

/**
 * Answer to "check again".
 *
 * @public
 */
export interface CheckAgainResult {
  runId: string;
  status: RunView['status'];
}
