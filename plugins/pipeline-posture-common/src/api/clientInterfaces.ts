import { ControlMetadata } from '../model';
import { AboutPosture } from './aboutTypes';
import { BlastRadius, IdentityQuery, IdentityRank } from './blastRadiusTypes';
import {
  CollectorHealth,
  MissingLink,
  RunView,
  ScopeView,
} from './collectorTypes';
import { ControlDetail } from './controlTypes';
import { EntityPosture, LabelChanges } from './entityTypes';
import {
  ExemptionDetail,
  ExemptionPage,
  ExemptionQuery,
  ExemptionRequest,
  ExemptionView,
} from './exemptionTypes';
import { FindingView } from './findingTypes';
import {
  EntityRow,
  FleetFacets,
  FleetSummary,
  GateAnswer,
  GroupRollUp,
  HeatMap,
  RollUpBy,
} from './fleetTypes';
import {
  EntityHistory,
  FindingHistory,
  GroupTrend,
  TrendBy,
} from './historyTypes';
import {
  CheckAgainResult,
  PipelineDetail,
  PipelineSummary,
} from './pipelineTypes';
import { FleetProgress, PipelineTrend } from './progressTypes';
import {
  FindingQuery,
  EntityQuery,
  Page,
  PipelineFilter,
  PipelineQuery,
} from './queryTypes';
import { PolicyValidation, PolicyValidationRequest } from './validationTypes';

/**
 * Options of one call.
 *
 * @public
 */
export interface RequestOptions {
  /** For calls between backends; in the browser the fetch API adds the user's. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * Options of a call that can be about the past.
 *
 * @public
 */
export interface AsOfOptions extends RequestOptions {
  /** `2026-06-30`: as it was at the end of that day, UTC. */
  asOf?: string;
}

/**
 * What the backend answers about entities, pipelines and the collector. Implemented by {@link PipelinePostureClient}.
 *
 * @public
 */
export interface PipelinePostureApi {
  /** Posture of an entity with its pipelines and findings. @throws ResponseError, 404 if the caller may not read the entity */
  getEntityPosture(
    entityRef: string,
    options?: AsOfOptions,
  ): Promise<EntityPosture>;
  listPipelines(
    query?: PipelineQuery,
    options?: RequestOptions,
  ): Promise<Page<PipelineSummary>>;
  getPipeline(id: string, options?: AsOfOptions): Promise<PipelineDetail>;
  listFindings(
    query?: FindingQuery,
    options?: RequestOptions,
  ): Promise<Page<FindingView>>;
  listControls(options?: RequestOptions): Promise<ControlMetadata[]>;
  listScopes(options?: RequestOptions): Promise<ScopeView[]>;
  listRuns(
    query?: { scopeId?: string; page?: number; size?: number },
    options?: RequestOptions,
  ): Promise<Page<RunView>>;
  /** Labels since a cursor. For services only. */
  getLabels(cursor?: string, options?: RequestOptions): Promise<LabelChanges>;
  /** Has a scope read as soon as a replica has room for it. */
  runScope(scopeId: string, options?: RequestOptions): Promise<void>;
  /** Reads one pipeline anew and answers when it is done. */
  checkAgain(
    pipelineId: string,
    options?: RequestOptions,
  ): Promise<CheckAgainResult>;
}

/**
 * What the backend answers about history, exemptions and the whole fleet. Implemented by {@link PipelinePostureClient}.
 *
 * @public
 */
export interface PipelinePostureFleetApi {
  /** Trend and ledger of an entity over the last days, or over those until another day. */
  getEntityHistory(
    entityRef: string,
    options?: AsOfOptions & { days?: number },
  ): Promise<EntityHistory>;
  /** How the pipelines that match did over the last days, at most 90. */
  getPipelineTrend(
    query?: PipelineFilter & { days?: number },
    options?: RequestOptions,
  ): Promise<PipelineTrend>;
  /** What moved in the pipelines that match. */
  getProgress(
    query?: Omit<PipelineFilter, 'asOf'>,
    options?: RequestOptions,
  ): Promise<FleetProgress>;
  /** Numbers over all pipelines that match. */
  getSummary(
    query?: PipelineFilter,
    options?: RequestOptions,
  ): Promise<FleetSummary>;
  /** Entities with a pipeline that matches, weakest first. */
  listEntities(
    query?: EntityQuery,
    options?: RequestOptions,
  ): Promise<Page<EntityRow>>;
  /** Posture by owner, system or domain, weakest first, of the entities that have a pipeline that matches. */
  getRollUps(
    by: RollUpBy,
    options?: RequestOptions,
    query?: PipelineFilter,
  ): Promise<GroupRollUp[]>;
  /** What one control said of one pipeline over time. @throws ResponseError, 404 if the caller may not see the pipeline */
  getFindingHistory(
    pipelineId: string,
    controlId: string,
    options?: AsOfOptions,
  ): Promise<FindingHistory>;
  /** Exemptions with the numbers of all queues. Only people can ask. */
  listExemptions(
    query?: ExemptionQuery,
    options?: RequestOptions,
  ): Promise<ExemptionPage>;
  /** One exemption with its findings. @throws ResponseError, 404 if the caller may not see what it applies to */
  getExemption(id: string, options?: AsOfOptions): Promise<ExemptionDetail>;
  requestExemption(
    request: ExemptionRequest,
    options?: RequestOptions,
  ): Promise<ExemptionView>;
  /** Approves, rejects or revokes; the last two need a comment. */
  decideExemption(
    id: string,
    decision: 'approve' | 'reject' | 'revoke',
    comment?: string,
    options?: RequestOptions,
  ): Promise<ExemptionView>;
  /** Whether a pipeline may go on to production. */
  askGate(pipelineId: string, options?: RequestOptions): Promise<GateAnswer>;
}

/**
 * What the backend answers to those who look at many teams, at identities and at the product itself. Implemented by {@link PipelinePostureClient}.
 *
 * @public
 */
export interface PipelinePostureInsightApi {
  /** What the screens need to know of this installation, and what the caller may do. */
  getAbout(options?: RequestOptions): Promise<AboutPosture>;
  /** Values of all filters with their counts. */
  getFacets(
    query?: PipelineFilter,
    options?: RequestOptions,
  ): Promise<FleetFacets>;
  getHeatMap(
    by: RollUpBy,
    query?: PipelineFilter,
    options?: RequestOptions,
  ): Promise<HeatMap>;
  /** How the fleet or a group did over the last days. */
  getTrend(
    query: { by: TrendBy; ref?: string; days?: number },
    options?: RequestOptions,
  ): Promise<GroupTrend>;
  /** A control with its frameworks and how many pipelines pass it. @throws ResponseError, 404 if there is no such control */
  getControl(id: string, options?: AsOfOptions): Promise<ControlDetail>;
  /** Identities, the most dangerous first. */
  listIdentities(
    query?: IdentityQuery,
    options?: RequestOptions,
  ): Promise<Page<IdentityRank>>;
  getBlastRadius(
    identityId: string,
    query?: { page?: number; size?: number },
    options?: RequestOptions,
  ): Promise<BlastRadius>;
  /** Annotations that point at no pipeline. Needs the right to see the collector. */
  listMissingLinks(
    query?: { page?: number; size?: number },
    options?: RequestOptions,
  ): Promise<Page<MissingLink>>;
  getHealth(options?: RequestOptions): Promise<CollectorHealth>;
  /** Ends the run that is going on in a scope; what was read stays. */
  stopScope(scopeId: string, options?: RequestOptions): Promise<void>;
  /** Lets the source check the policies of an identity of a pipeline. Needs the right to run the collector. */
  validatePolicies(
    pipelineId: string,
    request: PolicyValidationRequest,
    options?: RequestOptions,
  ): Promise<PolicyValidation>;
  /** The file that the page's export button downloads. `evidence` needs the right to see evidence too. */
  export(
    format: 'csv' | 'json' | 'evidence',
    query?: PipelineQuery,
    options?: RequestOptions,
  ): Promise<Blob>;
}
