import {
  ControlMetadata,
  Dimension,
  PipelineKind,
  ReachesProduction,
} from '../model';
import {
  Compliance,
  Contribution,
  Grade,
  GradeCap,
  PipelineScore,
  Score,
  ScoringPolicy,
} from '../scoring';
import { RunView } from './collectorTypes';
import { FailingBySeverity, FindingView } from './findingTypes';

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
  /** What the numbers were made with. */
  policy?: ScoringPolicy;
  /** The day at whose end (UTC) the answer stands, where one was asked for. */
  asOf?: string;
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
 * Answer to "check again".
 *
 * @public
 */
export interface CheckAgainResult {
  runId: string;
  status: RunView['status'];
}
