import { GithubRepository, GithubState } from './state';

type Branch = GithubRepository['branches'][string];
type Ruleset = Branch['rulesets'][number];
type Actor = Ruleset['bypassers'][number];

const connection = <T>(nodes: T[]) => ({
  nodes,
  totalCount: nodes.length,
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
});

const actorOf = ({ type, name }: Actor) => ({
  __typename: type,
  name,
  ...(type === 'User' ? { login: name } : { slug: name }),
});

function classicRule({ classic }: Branch) {
  if (!classic) return null;
  return {
    requiresApprovingReviews: classic.approvals !== undefined,
    requiredApprovingReviewCount: classic.approvals ?? null,
    dismissesStaleReviews: classic.dismissesStaleReviews,
    requiresCodeOwnerReviews: classic.requiresCodeOwnerReviews,
    requireLastPushApproval: classic.requireLastPushApproval,
    requiresStatusChecks: classic.checks.length > 0,
    requiredStatusCheckContexts: classic.checks,
    isAdminEnforced: classic.isAdminEnforced,
    bypassPullRequestAllowances: connection(
      classic.bypassers.map(bypasser => ({ actor: actorOf(bypasser) })),
    ),
  };
}

function rulesOf(ruleset: Ruleset) {
  const { pullRequest, checks } = ruleset;
  const repositoryRuleset = {
    name: ruleset.name,
    enforcement: ruleset.enforcement,
    bypassActors: connection([
      ...ruleset.bypassers.map(bypasser => ({
        actor: actorOf(bypasser),
        organizationAdmin: false,
        deployKey: false,
        repositoryRoleName: null,
      })),
      ...ruleset.bypassRoles.map(repositoryRoleName => ({
        actor: null,
        organizationAdmin: false,
        deployKey: false,
        repositoryRoleName,
      })),
    ]),
  };
  return [
    ...(pullRequest
      ? [
          {
            type: 'PULL_REQUEST',
            repositoryRuleset,
            parameters: {
              __typename: 'PullRequestParameters',
              requiredApprovingReviewCount: pullRequest.approvals,
              dismissStaleReviewsOnPush: pullRequest.dismissesStaleReviews,
              requireCodeOwnerReview: pullRequest.requiresCodeOwnerReviews,
              requireLastPushApproval: pullRequest.requireLastPushApproval,
              requiredReviewThreadResolution: false,
            },
          },
        ]
      : []),
    ...(checks.length > 0
      ? [
          {
            type: 'REQUIRED_STATUS_CHECKS',
            repositoryRuleset,
            parameters: {
              __typename: 'RequiredStatusChecksParameters',
              requiredStatusChecks: checks.map(context => ({ context })),
              strictRequiredStatusChecksPolicy: false,
            },
          },
        ]
      : []),
  ];
}

function refOf(repository: GithubRepository, qualifiedName: string) {
  const name = qualifiedName.replace(/^refs\/heads\//, '');
  const branch = repository.branches[name];
  if (!branch) return null;
  const isProtected = branch.classic !== undefined;
  return {
    name,
    prefix: 'refs/heads/',
    refUpdateRule: isProtected
      ? {
          requiredApprovingReviewCount: branch.classic?.approvals ?? null,
          requiredStatusCheckContexts: branch.classic?.checks ?? [],
          requiresCodeOwnerReviews:
            branch.classic?.requiresCodeOwnerReviews ?? false,
        }
      : null,
    // Who may not administer the repository is not shown its rules.
    branchProtectionRule: repository.administrable ? classicRule(branch) : null,
    rules: connection(branch.rulesets.flatMap(rulesOf)),
  };
}

function fileOf(repository: GithubRepository, expression: string) {
  const [revision, path] = expression.split(/:(.*)/s);
  const branch = revision.replace(/^refs\/heads\//, '');
  const exists = branch === 'HEAD' || branch in repository.branches;
  const text = exists ? repository.files[path ?? ''] : undefined;
  return text === undefined
    ? null
    : {
        __typename: 'Blob',
        text,
        isBinary: false,
        isTruncated: false,
        byteSize: Buffer.byteLength(text),
      };
}

/** What the fields of a query start from. */
export function rootOf({ repositories }: GithubState) {
  return {
    repository({ owner, name }: { owner: string; name: string }) {
      const found = repositories.find(
        item =>
          item.owner.toLowerCase() === owner.toLowerCase() &&
          item.name.toLowerCase() === name.toLowerCase(),
      );
      if (!found) return null;
      return {
        name: found.name,
        visibility: found.visibility,
        forkingAllowed: found.forkingAllowed,
        viewerCanAdminister: found.administrable,
        ref: ({ qualifiedName }: { qualifiedName: string }) =>
          refOf(found, qualifiedName),
        object: ({ expression }: { expression: string }) =>
          fileOf(found, expression),
      };
    },
  };
}
