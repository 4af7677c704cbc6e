import { CallOutcome } from 'backstage-plugin-pipeline-posture-node';
import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { WebApi } from 'azure-devops-node-api';
import { HostBoundCredential } from './HostBoundCredential';
import { jsonOf, judge, Received } from './judge';
import { Operation, OperationName, OPERATIONS } from './operations';
import { Pacer } from './Pacer';
import { BodyTooLargeError, readWithLimit } from './readWithLimit';
import * as refusals from './refusals';

/** Gives the Authorization header for an organisation; asked before every call, so that short-lived tokens stay fresh. */
export type Authorisation = () => Promise<string | undefined>;

export interface AzureDevOpsClientOptions {
  /** Address of the organisation on one host, without a slash at the end. */
  baseUrl: string;
  authorisation: Authorisation;
  pacer: Pacer;
  signal?: AbortSignal;
  /** Largest answer that is read, in bytes. */
  maxBodyBytes?: number;
}

/** What fills in the path of a call, and what is asked with it. */
export interface CallOptions {
  path?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: unknown;
  /** Set if the rest of a list is of no interest. */
  firstPageOnly?: boolean;
}

const DEFAULT_MAX_BODY = 64 * 1024 * 1024;
const SOCKET_TIMEOUT_MS = 60_000;
const ATTEMPTS = 4;
const RETRY_AFTER_MS = 200;
const MAX_PAGES = 1000;

/** What the status of an answer says to those who count calls. */
function outcomeOf(status: number, disguised: boolean): CallOutcome {
  if (status === 429 || disguised) return 'throttled';
  // A sign-in page instead of an answer comes with 203.
  if (status === 401 || status === 403 || status === 203) return 'refused';
  return status >= 500 ? 'failed' : 'answered';
}

/**
 * The one way to ask Azure DevOps. Every answer is looked at by its status and
 * its content before it is believed; what is not an answer becomes an unknown
 * with its reason. It reads only.
 */
export class AzureDevOpsClient {
  readonly #baseUrl: string;
  readonly #authorisation: Authorisation;
  readonly #pacer: Pacer;
  readonly #signal?: AbortSignal;
  readonly #maxBodyBytes: number;
  readonly #credential: HostBoundCredential;
  readonly #api: WebApi;

  static create(options: AzureDevOpsClientOptions): AzureDevOpsClient {
    return new AzureDevOpsClient(options);
  }

  private constructor(options: AzureDevOpsClientOptions) {
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '');
    this.#authorisation = options.authorisation;
    this.#pacer = options.pacer;
    this.#signal = options.signal;
    this.#maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY;
    this.#credential = new HostBoundCredential(new URL(this.#baseUrl));
    this.#api = new WebApi(this.#baseUrl, this.#credential, {
      // A redirect is an answer to look at, never one to follow with a token.
      allowRedirects: false,
      allowRetries: false,
      keepAlive: true,
      socketTimeout: SOCKET_TIMEOUT_MS,
    });
  }

  /** One object. */
  async get(
    name: OperationName,
    options: CallOptions = {},
  ): Promise<Fact<unknown>> {
    const operation: Operation = OPERATIONS[name];
    const received = await this.#send(operation, options);
    if (!received.known) return received;
    return jsonOf(operation, received.value);
  }

  /** All entries of a list, over all its pages. A list that could not be read to its end is unknown. */
  async list(
    name: OperationName,
    options: CallOptions = {},
  ): Promise<Fact<unknown[]>> {
    const operation: Operation = OPERATIONS[name];
    const source = { source: refusals.callName(operation) };
    const entries: unknown[] = [];
    const seen = new Set<string>();
    let token: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = {
        ...options.query,
        ...(token && { continuationToken: token }),
      };
      const received = await this.#send(operation, { ...options, query });
      if (!received.known) return received;
      const parsed = jsonOf(operation, received.value);
      if (!parsed.known) return parsed;
      const { value } = parsed.value as { value?: unknown };
      if (!Array.isArray(value)) {
        return unknown(refusals.malformed(operation, 'it holds no list'));
      }
      entries.push(...value);
      const next = received.value.headers['x-ms-continuationtoken'];
      token = Array.isArray(next) ? next[0] : next;
      if (!token || options.firstPageOnly) return known(entries, source);
      if (seen.has(token)) {
        return unknown(
          refusals.malformed(operation, 'its pages go round in a circle'),
        );
      }
      seen.add(token);
    }
    return unknown(
      refusals.malformed(operation, `it has more than ${MAX_PAGES} pages`),
    );
  }

  /** An answer that is not JSON. */
  async bytes(
    name: OperationName,
    options: CallOptions = {},
  ): Promise<Fact<Buffer>> {
    const operation: Operation = OPERATIONS[name];
    const received = await this.#send(operation, options, 'application/zip');
    if (!received.known) return received;
    const { status, headers, body } = received.value;
    if (status === 203 || /html/i.test(String(headers['content-type']))) {
      return unknown(refusals.tokenNotAccepted(operation));
    }
    return known(body, { source: refusals.callName(operation) });
  }

  #url(operation: Operation, { path = {}, query = {} }: CallOptions): string {
    const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = path[name];
      if (value === undefined)
        throw new Error(`${operation.path} needs ${name}`);
      return encodeURIComponent(String(value));
    });
    const search = new URLSearchParams({
      ...query,
      'api-version': operation.apiVersion,
    });
    // A dollar in a parameter's name must arrive as one.
    return `${this.#baseUrl}/${filled}?${search
      .toString()
      .replace(/%24/g, '$')}`;
  }

  async #send(
    operation: Operation,
    options: CallOptions,
    accept = 'application/json',
  ): Promise<Fact<Received>> {
    const url = this.#url(operation, options);
    let last = unknown<Received>(refusals.unreachable(operation, 'no answer'));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (this.#pacer.exhausted) return unknown(refusals.throttled(operation));
      const outcome = await this.#attempt(operation, url, options.body, accept);
      if ('answer' in outcome) return outcome.answer;
      last = outcome.retry;
      if (attempt < ATTEMPTS) this.#pacer.pauseFor(RETRY_AFTER_MS * attempt);
    }
    return last;
  }

  async #attempt(
    operation: Operation,
    url: string,
    body: unknown,
    accept: string,
  ): Promise<{ answer: Fact<Received> } | { retry: Fact<Received> }> {
    let received: Received;
    try {
      received = await this.#pacer.run(async () => {
        const answer = await this.#exchange(operation, url, body, accept);
        this.#pacer.observe(answer.headers);
        return answer;
      }, this.#signal);
    } catch (error) {
      this.#signal?.throwIfAborted();
      if (error instanceof BodyTooLargeError) {
        return { answer: unknown(refusals.tooLarge(operation, error.limit)) };
      }
      this.#pacer.onCall('failed');
      const { code } = error as { code?: string };
      return {
        retry: unknown(
          refusals.unreachable(operation, code ?? 'the connection failed'),
        ),
      };
    }
    const { status } = received;
    this.#pacer.onCall(
      outcomeOf(status, status === 401 && this.#pacer.recentlyThrottled),
    );
    // A 401 right after delay headers is throttling in disguise.
    if (status === 429 || (status === 401 && this.#pacer.recentlyThrottled)) {
      return { retry: unknown(refusals.throttled(operation)) };
    }
    if (status >= 500)
      return {
        retry: unknown(refusals.unreachable(operation, `status ${status}`)),
      };
    return { answer: judge(operation, received) };
  }

  async #exchange(
    operation: Operation,
    url: string,
    body: unknown,
    accept: string,
  ): Promise<Received> {
    this.#credential.header = await this.#authorisation();
    const headers = { Accept: accept };
    const { client } = this.#api.rest;
    const { message } =
      operation.method === 'GET'
        ? await client.get(url, headers)
        : await client.post(url, JSON.stringify(body), {
            ...headers,
            'Content-Type': 'application/json; charset=utf-8',
          });
    return {
      status: message.statusCode ?? 0,
      headers: message.headers,
      body: await readWithLimit(message, this.#maxBodyBytes),
    };
  }
}
