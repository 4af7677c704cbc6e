import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { ControlMetadata } from '../model';
import {
  ExemptionRequest,
  ExemptionState,
  ExemptionView,
} from './exemptionTypes';
import { FleetSummary, GateAnswer, GroupRollUp, RollUpBy } from './fleetTypes';
import { EntityHistory } from './historyTypes';
import {
  CheckAgainResult,
  EntityPosture,
  FindingQuery,
  FindingView,
  LabelChanges,
  Page,
  PipelineDetail,
  PipelineQuery,
  PipelineSummary,
  RunView,
  ScopeView,
} from './types';

/**
 * What the backend answers. Implemented by {@link PipelinePostureClient}.
 *
 * @public
 */
export interface PipelinePostureApi {
  /** Posture of an entity with its pipelines and findings. @throws ResponseError, 404 if the caller may not read the entity */
  getEntityPosture(
    entityRef: string,
    options?: RequestOptions,
  ): Promise<EntityPosture>;
  listPipelines(
    query?: PipelineQuery,
    options?: RequestOptions,
  ): Promise<Page<PipelineSummary>>;
  getPipeline(id: string, options?: RequestOptions): Promise<PipelineDetail>;
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
  /** Trend and ledger of an entity over the last days. */
  getEntityHistory(
    entityRef: string,
    options?: RequestOptions & { days?: number },
  ): Promise<EntityHistory>;
  /** Numbers over all pipelines that match. */
  getSummary(
    query?: PipelineQuery,
    options?: RequestOptions,
  ): Promise<FleetSummary>;
  /** Posture by owner, system or domain, weakest first. */
  getRollUps(by: RollUpBy, options?: RequestOptions): Promise<GroupRollUp[]>;
  listExemptions(
    query?: { state?: ExemptionState[] },
    options?: RequestOptions,
  ): Promise<ExemptionView[]>;
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
 * Options of one call.
 *
 * @public
 */
export interface RequestOptions {
  /** For calls between backends; in the browser the fetch API adds the user's. */
  token?: string;
  signal?: AbortSignal;
}

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

/**
 * The typed client of the HTTP API, for browser and backend.
 *
 * @public
 */
export class PipelinePostureClient
  implements PipelinePostureApi, PipelinePostureFleetApi
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

  getEntityPosture(entityRef: string, options?: RequestOptions) {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    return this.#call<EntityPosture>(`/entities/${path}`, options);
  }

  listPipelines(query: PipelineQuery = {}, options?: RequestOptions) {
    return this.#call<Page<PipelineSummary>>(
      `/pipelines${searchOf(query)}`,
      options,
    );
  }

  getPipeline(id: string, options?: RequestOptions) {
    return this.#call<PipelineDetail>(
      `/pipelines/${encodeURIComponent(id)}`,
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
    options: RequestOptions & { days?: number } = {},
  ) {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    const search = searchOf({ days: options.days });
    return this.#call<EntityHistory>(
      `/entities/${path}/history${search}`,
      options,
    );
  }

  getSummary(query: PipelineQuery = {}, options?: RequestOptions) {
    return this.#call<FleetSummary>(`/summary${searchOf(query)}`, options);
  }

  async getRollUps(by: RollUpBy, options?: RequestOptions) {
    const { items } = await this.#call<{ items: GroupRollUp[] }>(
      `/rollups${searchOf({ by })}`,
      options,
    );
    return items;
  }

  async listExemptions(
    query: { state?: ExemptionState[] } = {},
    options?: RequestOptions,
  ) {
    const { items } = await this.#call<{ items: ExemptionView[] }>(
      `/exemptions${searchOf(query)}`,
      options,
    );
    return items;
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

  async #call<T>(
    path: string,
    options: RequestOptions = {},
    method = 'GET',
    body?: unknown,
  ): Promise<T> {
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
    return (await response.json()) as T;
  }
}
