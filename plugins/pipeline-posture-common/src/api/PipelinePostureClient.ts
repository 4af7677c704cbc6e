import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { ControlMetadata } from '../model';
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
  /** Reads one pipeline anew and answers when it is done. */
  checkAgain(
    pipelineId: string,
    options?: RequestOptions,
  ): Promise<CheckAgainResult>;
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
export class PipelinePostureClient implements PipelinePostureApi {
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

  checkAgain(pipelineId: string, options?: RequestOptions) {
    return this.#call<CheckAgainResult>(
      `/pipelines/${encodeURIComponent(pipelineId)}/check`,
      options,
      'POST',
    );
  }

  async #call<T>(
    path: string,
    options: RequestOptions = {},
    method = 'GET',
  ): Promise<T> {
    const base = await this.#discoveryApi.getBaseUrl('pipeline-posture');
    const response = await this.#fetchApi.fetch(`${base}${path}`, {
      method,
      signal: options.signal,
      headers: {
        Accept: 'application/json',
        ...(options.token && { Authorization: `Bearer ${options.token}` }),
      },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return (await response.json()) as T;
  }
}
