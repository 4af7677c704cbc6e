import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  Fact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';

/** What is asked, and about which repository. */
export interface GithubQuestion<T> {
  /** Address of the repository. */
  url: string;
  query: string;
  /** Beside owner and repository. */
  variables: Record<string, string>;
  /** How the call is named in evidence and reasons. */
  call: string;
  /** Reads the answer; undefined if what is asked for does not exist. Throws if it is no answer of GitHub. */
  read: (answer: unknown) => T | undefined;
}

/** Owner and name of a repository, from its address. */
export function repositoryName(url: string): string {
  const [owner, repository] = new URL(url).pathname
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')
    .split('/');
  return `${owner}/${repository}`;
}

function reasonOf(
  status: number | undefined,
  name: string,
  call: string,
): UnknownReason {
  const base = { call, actor: 'platform-team' as const };
  if (status === 401 || status === 403 || status === 404) {
    return {
      ...base,
      code: status === 404 ? 'not-found' : 'permission-missing',
      message: `GitHub does not let the integration read ${name}.`,
      permission: 'Contents: read and Administration: read',
      action: `Install the GitHub app of the integration for ${name}, or give its token access to it.`,
    };
  }
  if (status === 429) {
    return {
      ...base,
      code: 'throttled',
      message: `GitHub asked to slow down while ${name} was read.`,
      action: 'Nothing: the next run tries again.',
    };
  }
  return {
    ...base,
    code: 'source-unreachable',
    message: `GitHub gave no usable answer about ${name}.`,
    action:
      'Check that the backend can reach GitHub; the next run tries again.',
  };
}

/** Longest pause that is believed; GitHub's windows are an hour long. */
const LONGEST_PAUSE_MS = 60 * 60_000;

/**
 * Until when GitHub wants no further request, in milliseconds since the epoch.
 * A primary limit says so by `x-ratelimit-remaining` and `x-ratelimit-reset`, on
 * good answers too; a secondary one by `retry-after`.
 */
function pausedUntil(headers: Headers, now: number): number {
  const retryAfter = Number(headers.get('retry-after') ?? NaN);
  const used = headers.get('x-ratelimit-remaining') === '0';
  const reset = Number(headers.get('x-ratelimit-reset') ?? NaN) * 1000;
  const until = Math.max(
    Number.isFinite(retryAfter) ? now + retryAfter * 1000 : 0,
    used && Number.isFinite(reset) ? reset : 0,
  );
  return Math.min(until, now + LONGEST_PAUSE_MS);
}

const isLimited = (answer: unknown) =>
  JSON.stringify(
    (answer as { errors?: unknown } | null)?.errors ?? '',
  ).includes('"RATE_LIMITED"');

/** Asks GitHub and GitHub Enterprise over GraphQL, with the credentials of `integrations.github`, and obeys their limits. */
export class GithubGraphql {
  static create(options: {
    integrations: ScmIntegrations;
    credentials?: GithubCredentialsProvider;
    fetch?: typeof fetch;
    now?: () => number;
  }): GithubGraphql {
    return new GithubGraphql(
      options.integrations,
      options.credentials ??
        DefaultGithubCredentialsProvider.fromIntegrations(options.integrations),
      options.fetch ?? fetch,
      options.now ?? Date.now,
    );
  }

  readonly #integrations: ScmIntegrations;
  readonly #credentials: GithubCredentialsProvider;
  readonly #fetch: typeof fetch;
  readonly #now: () => number;
  /** By endpoint. */
  readonly #paused = new Map<string, number>();

  private constructor(
    integrations: ScmIntegrations,
    credentials: GithubCredentialsProvider,
    fetcher: typeof fetch,
    now: () => number,
  ) {
    this.#integrations = integrations;
    this.#credentials = credentials;
    this.#fetch = fetcher;
    this.#now = now;
  }

  /** Only hosts that the operator has given credentials for: others are never asked. */
  handles(url: string): boolean {
    const { token, apps } = this.#integrations.github.byUrl(url)?.config ?? {};
    return Boolean(token) || (apps?.length ?? 0) > 0;
  }

  async ask<T>(
    question: GithubQuestion<T>,
    signal: AbortSignal,
  ): Promise<Fact<T>> {
    const { url, call, query, read } = question;
    const name = repositoryName(url);
    const refused = (status?: number) => unknown(reasonOf(status, name, call));
    const { apiBaseUrl } = this.#integrations.github.byUrl(url)?.config ?? {};
    if (!apiBaseUrl) return refused();
    // GitHub Enterprise serves REST under /api/v3 and GraphQL under /api/graphql.
    const endpoint = `${apiBaseUrl.replace(/\/v3\/?$/, '')}/graphql`;
    if ((this.#paused.get(endpoint) ?? 0) > this.#now()) return refused(429);
    try {
      const { headers } = await this.#credentials.getCredentials({ url });
      const [owner, repository] = name.split('/');
      const response = await this.#fetch(endpoint, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          query,
          variables: { owner, repository, ...question.variables },
        }),
        redirect: 'error',
        signal,
      });
      const pause = pausedUntil(response.headers, this.#now());
      if (pause > this.#now()) this.#paused.set(endpoint, pause);
      // GitHub refuses with 403, too, when too much was asked.
      if (!response.ok)
        return refused(pause > this.#now() ? 429 : response.status);
      const answer: unknown = await response.json();
      if (isLimited(answer)) return refused(429);
      const value = read(answer);
      return value === undefined ? refused(404) : known(value);
    } catch {
      signal.throwIfAborted();
      return refused();
    }
  }
}
