import {
  DefaultGithubCredentialsProvider,
  GithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  BranchProtection,
  Fact,
  known,
  Principal,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { branchQuery, branchAnswer, BranchOfGithub } from './githubQuery';
import { hasCodeOwners } from './codeOwners';
import { unreadBranch } from './SourceHosts';
import { BranchAddress, BranchRules, SourceHost } from './types';

const SOURCE = 'POST /graphql repository.ref';

function reasonOf(status: number | undefined, name: string): UnknownReason {
  const base = { call: SOURCE, actor: 'platform-team' as const };
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
      message: `GitHub asked to slow down while the rules of ${name} were read.`,
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

/** GitHub shows classic protection and bypass lists to those only who may administer the repository. */
const hiddenRules = (name: string): UnknownReason => ({
  code: 'permission-missing',
  message: `The branch of ${name} is protected, but GitHub shows its rules only to who may read the repository's administration.`,
  call: SOURCE,
  permission: 'Administration: read',
  actor: 'platform-team',
  action: `Give the GitHub app of the integration the permission "Administration: read" for ${name}.`,
});

/**
 * GitHub and GitHub Enterprise, through the credentials of `integrations.github`:
 * rulesets and classic branch protection in one GraphQL call for each branch.
 *
 * @public
 */
export class GithubSourceHost implements SourceHost {
  static create(options: {
    integrations: ScmIntegrations;
    credentials?: GithubCredentialsProvider;
    /** Fetches; the one of Node by default. */
    fetch?: typeof fetch;
  }): GithubSourceHost {
    return new GithubSourceHost(
      options.integrations,
      options.credentials ??
        DefaultGithubCredentialsProvider.fromIntegrations(options.integrations),
      options.fetch ?? fetch,
    );
  }

  readonly id = 'github';
  readonly #integrations: ScmIntegrations;
  readonly #credentials: GithubCredentialsProvider;
  readonly #fetch: typeof fetch;

  private constructor(
    integrations: ScmIntegrations,
    credentials: GithubCredentialsProvider,
    fetcher: typeof fetch,
  ) {
    this.#integrations = integrations;
    this.#credentials = credentials;
    this.#fetch = fetcher;
  }

  /** Only hosts that the operator has given credentials for: others are never asked. */
  handles = (url: string): boolean => {
    const { token, apps } = this.#integrations.github.byUrl(url)?.config ?? {};
    return Boolean(token) || (apps?.length ?? 0) > 0;
  };

  async read(
    address: BranchAddress,
    { signal }: { signal: AbortSignal },
  ): Promise<BranchRules> {
    const [owner, repository] = new URL(address.url).pathname
      .replace(/^\/|\.git$/g, '')
      .split('/');
    const name = `${owner}/${repository}`;
    const answer = await this.#ask(
      address,
      { owner, repository, name },
      signal,
    );
    if (!answer.known) return unreadBranch(answer.reason);
    const evidence = { source: SOURCE, url: `${address.url}/settings/rules` };
    const rules = answer.value;
    const hidden = rules.isProtected && !rules.hasClassic && !rules.hasRuleset;
    return {
      protection: hidden
        ? unknown(hiddenRules(name))
        : known(protectionOf(rules, address.pipelineFile), evidence),
      bypassers: bypassersOf(rules, hidden || rules.bypassersHidden, name),
      isPublic: known(rules.isPublic, { source: SOURCE, url: address.url }),
    };
  }

  async #ask(
    { url, branch }: BranchAddress,
    {
      owner,
      repository,
      name,
    }: { owner: string; repository: string; name: string },
    signal: AbortSignal,
  ): Promise<Fact<BranchOfGithub>> {
    const { apiBaseUrl } = this.#integrations.github.byUrl(url)?.config ?? {};
    if (!apiBaseUrl) return unknown(reasonOf(undefined, name));
    try {
      const { headers } = await this.#credentials.getCredentials({ url });
      // GitHub Enterprise serves REST under /api/v3 and GraphQL under /api/graphql.
      const endpoint = `${apiBaseUrl.replace(/\/v3\/?$/, '')}/graphql`;
      const response = await this.#fetch(endpoint, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          query: branchQuery,
          variables: { owner, repository, branch: `refs/heads/${branch}` },
        }),
        redirect: 'error',
        signal,
      });
      if (!response.ok) return unknown(reasonOf(response.status, name));
      const read = branchAnswer(await response.json());
      return read ? known(read) : unknown(reasonOf(404, name));
    } catch {
      signal.throwIfAborted();
      return unknown(reasonOf(undefined, name));
    }
  }
}

/** Layers of rules add up: the strictest of each holds. GitHub counts no approval of the author. */
function protectionOf(
  rules: BranchOfGithub,
  pipelineFile: string | undefined,
): BranchProtection {
  const owned =
    rules.requiresCodeOwners &&
    pipelineFile !== undefined &&
    rules.codeOwners.some(file => hasCodeOwners(file, pipelineFile));
  return {
    minimumReviewers: rules.approvals,
    authorApprovalCounts: false,
    lastPusherApprovalCounts: !rules.lastPushApproval,
    approvalsResetOnPush: rules.dismissesStale,
    requiredChecks: rules.checks,
    pipelineFileHasRequiredReviewers: owned,
  };
}

function bypassersOf(
  rules: BranchOfGithub,
  hidden: boolean,
  name: string,
): Fact<Principal[]> {
  const found: Principal[] = rules.bypassers.map(actor => ({
    name: actor,
    kind: 'unknown',
    broad: false,
  }));
  return hidden && found.length === 0
    ? unknown(hiddenRules(name))
    : known(found, { source: SOURCE });
}
