import {
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
import { fileAnswer, fileQuery } from './githubFile';
import { GithubGraphql, repositoryName } from './GithubGraphql';
import { hasCodeOwners } from './codeOwners';
import { unreadBranch } from './SourceHosts';
import { BranchAddress, BranchRules, FileAddress, SourceHost } from './types';

const SOURCE = 'POST /graphql repository.ref';
const FILE_SOURCE = 'POST /graphql repository.object';

/** GitHub shows classic protection and bypass lists to those only who may administer the repository. */
const hiddenRules = (name: string): UnknownReason => ({
  code: 'permission-missing',
  message: `The branch of ${name} is protected, but GitHub shows its rules only to who may read the repository's administration.`,
  call: SOURCE,
  permission: 'Administration: read',
  actor: 'platform-team',
  action: `Give the GitHub app of the integration the permission "Administration: read" for ${name}.`,
});

const unclearRole = (name: string, role: string): UnknownReason => ({
  code: 'unresolved',
  message: `Everybody with the role "${role}" can go around the rules of ${name}, and GitHub does not say who that is.`,
  call: SOURCE,
  actor: 'platform-team',
  action: `Name a small team in the bypass list instead of the role "${role}".`,
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
    /** Milliseconds since the epoch; the wall clock by default. */
    now?: () => number;
  }): GithubSourceHost {
    return new GithubSourceHost(GithubGraphql.create(options));
  }

  readonly id = 'github';

  private constructor(private readonly github: GithubGraphql) {}

  handles(url: string): boolean {
    return this.github.handles(url);
  }

  async read(
    address: BranchAddress,
    { signal }: { signal: AbortSignal },
  ): Promise<BranchRules> {
    const { url, branch } = address;
    const name = repositoryName(url);
    const answer = await this.github.ask(
      {
        url,
        query: branchQuery,
        variables: { branch: `refs/heads/${branch}` },
        call: SOURCE,
        read: branchAnswer,
      },
      signal,
    );
    if (!answer.known) return unreadBranch(answer.reason);
    const evidence = { source: SOURCE, url: `${url}/settings/rules` };
    const rules = answer.value;
    const hidden = rules.isProtected && !rules.hasClassic && !rules.hasRuleset;
    return {
      protection: hidden
        ? unknown(hiddenRules(name))
        : known(protectionOf(rules, address.pipelineFile), evidence),
      bypassers: bypassersOf(rules, hidden || rules.bypassersHidden, name),
      isPublic: known(rules.isPublic, { source: SOURCE, url }),
      forkable: known(rules.isPublic || rules.forkingAllowed, {
        source: SOURCE,
        url,
      }),
    };
  }

  async readFile(
    { url, branch, path }: FileAddress,
    { signal }: { signal: AbortSignal },
  ): Promise<Fact<string | null>> {
    const answer = await this.github.ask(
      {
        url,
        query: fileQuery,
        variables: { expression: `refs/heads/${branch}:${path}` },
        call: FILE_SOURCE,
        read: fileAnswer,
      },
      signal,
    );
    if (!answer.known) return answer;
    if ('text' in answer.value) {
      return known(answer.value.text, {
        source: FILE_SOURCE,
        url: `${url}/blob/${branch}/${path}`,
      });
    }
    return unknown({
      code: 'too-large',
      message: `GitHub does not show the text of ${path} in ${repositoryName(
        url,
      )}: it is ${answer.value.unreadable}.`,
      call: FILE_SOURCE,
      actor: 'service-owner',
      action: `Keep ${path} a short text file.`,
    });
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
  const { bypassers: found, customRoles } = rules;
  if (hidden && found.length === 0) return unknown(hiddenRules(name));
  const certain = found.some(({ broad, kind }) => broad || kind === 'service');
  return customRoles.length > 0 && !certain
    ? unknown(unclearRole(name, customRoles[0]))
    : known(found, { source: SOURCE });
}
