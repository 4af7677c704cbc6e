import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { ControlMetadata } from '../model';
import { AboutPosture } from './aboutTypes';
import { BlastRadius, IdentityQuery, IdentityRank } from './blastRadiusTypes';
import {
  AsOfOptions,
  PipelinePostureApi,
  PipelinePostureFleetApi,
  PipelinePostureInsightApi,
  RequestOptions,
} from './clientInterfaces';
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

function searchOf(query: object): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== '') search.append(key, String(one));
    }
  }
  const text = search.toString();
  return text && `?${text}`;
}

function pathOf(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return [kind, namespace, name].map(encodeURIComponent).join('/');
}

/**
 * The typed client of the HTTP API, for browser and backend.
 *
 * @public
 */
export class PipelinePostureClient
  implements
    PipelinePostureApi,
    PipelinePostureFleetApi,
    PipelinePostureInsightApi
{
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi ?? { fetch: (...args) => fetch(...args) };
  }

  getEntityPosture(entityRef: string, options: AsOfOptions = {}) {
    return this.#call<EntityPosture>(
      `/entities/${pathOf(entityRef)}${searchOf({ asOf: options.asOf })}`,
      options,
    );
  }

  listPipelines(query: PipelineQuery = {}, options?: RequestOptions) {
    return this.#call<Page<PipelineSummary>>(
      `/pipelines${searchOf(query)}`,
      options,
    );
  }

  getPipeline(id: string, options: AsOfOptions = {}) {
    const search = searchOf({ asOf: options.asOf });
    return this.#call<PipelineDetail>(
      `/pipelines/${encodeURIComponent(id)}${search}`,
      options,
    );
  }

  listFindings(query: FindingQuery = {}, options?: RequestOptions) {
    return this.#call<Page<FindingView>>(
      `/findings${searchOf(query)}`,
      options,
    );
  }

  async listControls(options?: RequestOptions) {
    const { items } = await this.#call<{ items: ControlMetadata[] }>(
      '/controls',
      options,
    );
    return items;
  }

  async listScopes(options?: RequestOptions) {
    const { items } = await this.#call<{ items: ScopeView[] }>(
      '/scopes',
      options,
    );
    return items;
  }

  listRuns(
    query: { scopeId?: string; page?: number; size?: number } = {},
    options?: RequestOptions,
  ) {
    return this.#call<Page<RunView>>(`/runs${searchOf(query)}`, options);
  }

  getLabels(cursor?: string, options?: RequestOptions) {
    return this.#call<LabelChanges>(
      `/labels${searchOf({ since: cursor })}`,
      options,
    );
  }

  async runScope(scopeId: string, options?: RequestOptions) {
    const path = `/scopes/${encodeURIComponent(scopeId)}/run`;
    await this.#call<object>(path, options, 'POST');
  }

  checkAgain(pipelineId: string, options?: RequestOptions) {
    return this.#call<CheckAgainResult>(
      `/pipelines/${encodeURIComponent(pipelineId)}/check`,
      options,
      'POST',
    );
  }

  getEntityHistory(
    entityRef: string,
    options: AsOfOptions & { days?: number } = {},
  ) {
    const search = searchOf({ days: options.days, asOf: options.asOf });
    return this.#call<EntityHistory>(
      `/entities/${pathOf(entityRef)}/history${search}`,
      options,
    );
  }

  getPipelineTrend(
    query: PipelineFilter & { days?: number } = {},
    options?: RequestOptions,
  ) {
    return this.#call<PipelineTrend>(
      `/trends/pipelines${searchOf(query)}`,
      options,
    );
  }

  getProgress(
    query: Omit<PipelineFilter, 'asOf'> = {},
    options?: RequestOptions,
  ) {
    return this.#call<FleetProgress>(`/progress${searchOf(query)}`, options);
  }

  getSummary(query: PipelineFilter = {}, options?: RequestOptions) {
    return this.#call<FleetSummary>(`/summary${searchOf(query)}`, options);
  }

  listEntities(query: EntityQuery = {}, options?: RequestOptions) {
    return this.#call<Page<EntityRow>>(`/entities${searchOf(query)}`, options);
  }

  async getRollUps(
    by: RollUpBy,
    options?: RequestOptions,
    query: PipelineFilter = {},
  ) {
    const { items } = await this.#call<{ items: GroupRollUp[] }>(
      `/rollups${searchOf({ ...query, by })}`,
      options,
    );
    return items;
  }

  getFindingHistory(
    pipelineId: string,
    controlId: string,
    options: AsOfOptions = {},
  ) {
    const pipeline = encodeURIComponent(pipelineId);
    const control = encodeURIComponent(controlId);
    const search = searchOf({ asOf: options.asOf });
    return this.#call<FindingHistory>(
      `/pipelines/${pipeline}/controls/${control}/history${search}`,
      options,
    );
  }

  listExemptions(query: ExemptionQuery = {}, options?: RequestOptions) {
    return this.#call<ExemptionPage>(`/exemptions${searchOf(query)}`, options);
  }

  getExemption(id: string, options: AsOfOptions = {}) {
    const search = searchOf({ asOf: options.asOf });
    return this.#call<ExemptionDetail>(
      `/exemptions/${encodeURIComponent(id)}${search}`,
      options,
    );
  }

  requestExemption(request: ExemptionRequest, options?: RequestOptions) {
    return this.#call<ExemptionView>('/exemptions', options, 'POST', request);
  }

  decideExemption(
    id: string,
    decision: 'approve' | 'reject' | 'revoke',
    comment?: string,
    options?: RequestOptions,
  ) {
    const path = `/exemptions/${encodeURIComponent(id)}/${decision}`;
    return this.#call<ExemptionView>(path, options, 'POST', { comment });
  }

  askGate(pipelineId: string, options?: RequestOptions) {
    return this.#call<GateAnswer>(
      `/gate${searchOf({ pipeline: pipelineId })}`,
      options,
    );
  }

  getAbout(options?: RequestOptions) {
    return this.#call<AboutPosture>('/about', options);
  }

  getFacets(query: PipelineFilter = {}, options?: RequestOptions) {
    return this.#call<FleetFacets>(`/facets${searchOf(query)}`, options);
  }

  getHeatMap(
    by: RollUpBy,
    query: PipelineFilter = {},
    options?: RequestOptions,
  ) {
    const search = searchOf({ ...query, by });
    return this.#call<HeatMap>(`/heatmap${search}`, options);
  }

  getTrend(
    query: { by: TrendBy; ref?: string; days?: number },
    options?: RequestOptions,
  ) {
    return this.#call<GroupTrend>(`/trends${searchOf(query)}`, options);
  }

  getControl(id: string, options: AsOfOptions = {}) {
    const search = searchOf({ asOf: options.asOf });
    const path = `/controls/${encodeURIComponent(id)}${search}`;
    return this.#call<ControlDetail>(path, options);
  }

  listIdentities(query: IdentityQuery = {}, options?: RequestOptions) {
    return this.#call<Page<IdentityRank>>(
      `/identities${searchOf(query)}`,
      options,
    );
  }

  getBlastRadius(
    identityId: string,
    query: { page?: number; size?: number } = {},
    options?: RequestOptions,
  ) {
    const path = `/identities/${encodeURIComponent(identityId)}`;
    return this.#call<BlastRadius>(`${path}${searchOf(query)}`, options);
  }

  listMissingLinks(
    query: { page?: number; size?: number } = {},
    options?: RequestOptions,
  ) {
    return this.#call<Page<MissingLink>>(
      `/missing-links${searchOf(query)}`,
      options,
    );
  }

  getHealth(options?: RequestOptions) {
    return this.#call<CollectorHealth>('/health', options);
  }

  async stopScope(scopeId: string, options?: RequestOptions) {
    const path = `/scopes/${encodeURIComponent(scopeId)}/stop`;
    await this.#call<object>(path, options, 'POST');
  }

  validatePolicies(
    pipelineId: string,
    request: PolicyValidationRequest,
    options?: RequestOptions,
  ) {
    const path = `/pipelines/${encodeURIComponent(
      pipelineId,
    )}/policy-validation`;
    return this.#call<PolicyValidation>(path, options, 'POST', request);
  }

  async export(
    format: 'csv' | 'json' | 'evidence',
    query: PipelineQuery = {},
    options?: RequestOptions,
  ) {
    const path = `/export/${format}${searchOf(query)}`;
    return (await this.#response(path, options)).blob();
  }

  async #call<T>(
    path: string,
    options?: RequestOptions,
    method?: string,
    body?: unknown,
  ): Promise<T> {
    const response = await this.#response(path, options, method, body);
    return (await response.json()) as T;
  }

  async #response(
    path: string,
    options: RequestOptions = {},
    method = 'GET',
    body?: unknown,
  ): Promise<Response> {
    const base = await this.#discoveryApi.getBaseUrl('pipeline-posture');
    const response = await this.#fetchApi.fetch(`${base}${path}`, {
      method,
      signal: options.signal,
      headers: {
        Accept: 'application/json',
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(options.token && { Authorization: `Bearer ${options.token}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}
