import { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Behaviour, CallLog, Fault } from '../../engine';
import { AzureOrganisation } from '../state';
import { discover } from '../routes/discovery';
import { ROUTES } from '../routes';
import { Answer, failure, notFoundPage, one, projectNotFound } from './answers';
import { authenticate, refusalFor } from './authenticate';
import { faultedAnswer, pacingHeaders } from './faults';
import { findProject } from './lookup';
import { AzureHost } from './locations';
import { RouteTable } from './match';
import { readBody, Route, RouteRequest } from './request';
import { negotiateVersion } from './versions';

const TABLE = new RouteTable(ROUTES);

/** What one host of the organisation is made of. */
export interface ServiceOptions {
  host: AzureHost;
  state: AzureOrganisation;
  behaviour: Behaviour;
  calls: CallLog;
  urls(): RouteRequest['urls'];
}

interface Located {
  operation: string;
  route?: Route;
  params: Record<string, string>;
  /** The project as the path names it. */
  projectName?: string;
  path: string;
  query: URLSearchParams;
}

/** Answers the requests to one host. */
export class AzureDevOpsService {
  readonly #options: ServiceOptions;

  constructor(options: ServiceOptions) {
    this.#options = options;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { behaviour, calls, state } = this.#options;
    const url = request.url ?? '/';
    const located = this.#locate(request.method ?? 'GET', url);
    const project = located?.projectName
      ? findProject(state, located.projectName)?.name ?? located.projectName
      : undefined;
    const operation = located?.operation ?? 'unknown';
    const fault = behaviour.faultFor({
      source: 'azure-devops',
      operation,
      scope: project,
      url,
    });
    if (behaviour.latencyMs > 0) await pause(behaviour.latencyMs);
    if (fault?.kind === 'hang-up') {
      calls.record({
        source: 'azure-devops',
        operation,
        method: request.method ?? '',
        url,
        status: 0,
        scope: project,
        at: behaviour.now().getTime(),
      });
      request.socket.destroy();
      return;
    }
    const { answer, version } = await this.#answer(request, located, fault);
    calls.record({
      source: 'azure-devops',
      operation,
      method: request.method ?? '',
      url,
      status: answer.status,
      scope: project ?? state.organisation,
      at: behaviour.now().getTime(),
    });
    send(response, answer, version, fault, behaviour);
  }

  #locate(method: string, url: string): Located | undefined {
    const { host, state } = this.#options;
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const [, organisation, ...rest] = pathname.split('/');
    if (
      decodeURIComponent(organisation).toLowerCase() !==
      state.organisation.toLowerCase()
    )
      return undefined;
    const path = rest.join('/');
    if (method === 'OPTIONS') {
      return {
        operation: 'location.options',
        params: {},
        path,
        query: searchParams,
      };
    }
    const found = TABLE.find(host, method, path);
    if (!found)
      return { operation: 'unknown', params: {}, path, query: searchParams };
    return {
      operation: found.route.operation,
      route: found.route,
      params: found.params,
      projectName: found.params.project,
      path,
      query: searchParams,
    };
  }

  async #answer(
    request: IncomingMessage,
    located: Located | undefined,
    fault: Fault | undefined,
  ): Promise<{ answer: Answer; version?: string }> {
    const { host, state, urls, behaviour } = this.#options;
    const body = await readBody(request);
    if (!located) return { answer: notFoundPage() };
    const entry = authenticate(request, state);
    if ('answer' in entry) return entry;
    const replaced = fault && faultedAnswer(fault, located.path);
    if (replaced) return { answer: replaced };
    if (located.operation === 'location.options') {
      const locations = discover(host, located.path);
      return { answer: locations ? one(locations) : notFoundPage() };
    }
    const { route, params, query, projectName } = located;
    if (!route) return { answer: notFoundPage() };
    const project =
      projectName === undefined ? undefined : findProject(state, projectName);
    if (projectName !== undefined && !project)
      return { answer: projectNotFound(projectName) };
    const refused = refusalFor(entry.token, route.operation, project?.name);
    if (refused) return { answer: refused };
    const negotiated = negotiateVersion(route, request, query);
    if ('answer' in negotiated) return negotiated;
    let parsed: unknown;
    try {
      parsed = body === '' ? undefined : JSON.parse(body);
    } catch {
      return {
        answer: failure(
          400,
          'VssPropertyValidationException',
          'The body is not valid JSON.',
        ),
      };
    }
    const answer = route.handle({
      state,
      // Routes without a project in their path do not look at it.
      project: project ?? state.projects[0],
      params,
      query,
      body: parsed,
      urls: urls(),
      now: behaviour.now(),
    });
    return { answer, version: negotiated.version };
  }
}

function send(
  response: ServerResponse,
  answer: Answer,
  version: string | undefined,
  fault: Fault | undefined,
  behaviour: Behaviour,
): void {
  const isBytes = Buffer.isBuffer(answer.body);
  const isText = typeof answer.body === 'string';
  const payload = isBytes
    ? (answer.body as Buffer)
    : Buffer.from(
        isText ? (answer.body as string) : JSON.stringify(answer.body ?? ''),
        'utf8',
      );
  response.statusCode = answer.status;
  response.setHeader(
    'content-type',
    answer.contentType ??
      `application/json; charset=utf-8; api-version=${version ?? '7.1'}`,
  );
  response.setHeader('x-tfs-processid', '6b9d1c0e-6b0f-4a3e-9c39-1f3c44f0f2a1');
  response.setHeader('x-vss-e2eid', '2f1f0a04-4a84-4f0b-8f2a-9d0d0f7c2b11');
  response.setHeader('activityid', '2f1f0a04-4a84-4f0b-8f2a-9d0d0f7c2b11');
  for (const [name, value] of Object.entries(answer.headers ?? {}))
    response.setHeader(name, value);
  if (fault?.kind === 'slow-down') {
    const headers = pacingHeaders(
      fault.retryAfterSeconds ?? 1,
      behaviour.now(),
    );
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, value);
  }
  if (fault?.kind === 'cut-short') {
    // A whole answer as far as HTTP can tell, whose text ends in the middle.
    const half = payload.subarray(0, Math.floor(payload.length / 2));
    response.setHeader('content-length', half.length);
    response.end(half);
    return;
  }
  response.setHeader('content-length', payload.length);
  response.end(payload);
}
