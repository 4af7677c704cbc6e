import { Principal } from 'backstage-plugin-pipeline-posture-common';
import { z } from 'zod';
import { bypassOf, customRoleOf, principalOf } from './githubBypass';

/** Everything about one branch in one call. */
export const branchQuery = `query Branch($owner: String!, $repository: String!, $branch: String!) {
  repository(owner: $owner, name: $repository) {
    visibility
    forkingAllowed
    viewerCanAdminister
    codeowners: object(expression: "HEAD:CODEOWNERS") { ... on Blob { text } }
    codeownersGithub: object(expression: "HEAD:.github/CODEOWNERS") { ... on Blob { text } }
    codeownersDocs: object(expression: "HEAD:docs/CODEOWNERS") { ... on Blob { text } }
    ref(qualifiedName: $branch) {
      refUpdateRule {
        requiredApprovingReviewCount
        requiredStatusCheckContexts
        requiresCodeOwnerReviews
      }
      branchProtectionRule {
        requiresApprovingReviews
        requiredApprovingReviewCount
        dismissesStaleReviews
        requiresCodeOwnerReviews
        requireLastPushApproval
        requiresStatusChecks
        requiredStatusCheckContexts
        isAdminEnforced
        bypassPullRequestAllowances(first: 50) {
          nodes { actor { __typename ... on User { login } ... on Team { slug } ... on App { slug } } }
        }
      }
      rules(first: 50) {
        nodes {
          type
          parameters {
            ... on PullRequestParameters {
              requiredApprovingReviewCount
              dismissStaleReviewsOnPush
              requireCodeOwnerReview
              requireLastPushApproval
            }
            ... on RequiredStatusChecksParameters { requiredStatusChecks { context } }
          }
          repositoryRuleset {
            enforcement
            bypassActors(first: 50) {
              nodes {
                organizationAdmin
                deployKey
                repositoryRoleName
                actor { __typename ... on Team { slug } ... on App { slug } }
              }
            }
          }
        }
      }
    }
  }
}`;

const actor = z
  .object({
    __typename: z.string().optional(),
    login: z.string().optional(),
    slug: z.string().optional(),
  })
  .nullish();
const blob = z.object({ text: z.string().nullish() }).nullish();
const nodes = <T extends z.ZodType>(item: T) =>
  z.object({ nodes: z.array(item.nullable()).nullish() }).nullish();

const answer = z.object({
  data: z.object({
    repository: z
      .object({
        visibility: z.string(),
        forkingAllowed: z.boolean().nullish(),
        viewerCanAdminister: z.boolean().nullish(),
        codeowners: blob,
        codeownersGithub: blob,
        codeownersDocs: blob,
        ref: z
          .object({
            refUpdateRule: z
              .object({
                requiredApprovingReviewCount: z.number().nullish(),
                requiredStatusCheckContexts: z
                  .array(z.string().nullable())
                  .nullish(),
                requiresCodeOwnerReviews: z.boolean().nullish(),
              })
              .nullish(),
            branchProtectionRule: z
              .object({
                requiresApprovingReviews: z.boolean(),
                requiredApprovingReviewCount: z.number().nullish(),
                dismissesStaleReviews: z.boolean(),
                requiresCodeOwnerReviews: z.boolean(),
                requireLastPushApproval: z.boolean().nullish(),
                requiresStatusChecks: z.boolean(),
                requiredStatusCheckContexts: z
                  .array(z.string().nullable())
                  .nullish(),
                isAdminEnforced: z.boolean(),
                bypassPullRequestAllowances: nodes(z.object({ actor })),
              })
              .nullish(),
            rules: nodes(
              z.object({
                type: z.string(),
                parameters: z
                  .object({
                    requiredApprovingReviewCount: z.number().nullish(),
                    dismissStaleReviewsOnPush: z.boolean().nullish(),
                    requireCodeOwnerReview: z.boolean().nullish(),
                    requireLastPushApproval: z.boolean().nullish(),
                    requiredStatusChecks: z
                      .array(z.object({ context: z.string() }))
                      .nullish(),
                  })
                  .nullish(),
                repositoryRuleset: z
                  .object({
                    enforcement: z.string(),
                    bypassActors: nodes(
                      z.object({
                        organizationAdmin: z.boolean().nullish(),
                        deployKey: z.boolean().nullish(),
                        repositoryRoleName: z.string().nullish(),
                        actor,
                      }),
                    ),
                  })
                  .nullish(),
              }),
            ),
          })
          .nullable(),
      })
      .nullable(),
  }),
});

/** What GitHub enforces on a branch, all layers together. */
export interface BranchOfGithub {
  isPublic: boolean;
  forkingAllowed: boolean;
  /** True if GitHub says that rules hold, whether or not it shows them. */
  isProtected: boolean;
  hasClassic: boolean;
  hasRuleset: boolean;
  approvals: number;
  dismissesStale: boolean;
  lastPushApproval: boolean;
  requiresCodeOwners: boolean;
  checks: string[];
  codeOwners: string[];
  bypassers: Principal[];
  /** True if a list of those who may go around the rules is not shown. */
  bypassersHidden: boolean;
  /** Roles that may go around the rules, of which nobody knows how many hold them. */
  customRoles: string[];
}

const present = <T>(list: Array<T | null> | null | undefined): T[] =>
  (list ?? []).filter((item): item is T => item !== null);

const unique = (all: Principal[]) => [
  ...new Map(all.map(each => [`${each.kind} ${each.name}`, each])).values(),
];

/**
 * Reads the answer of {@link branchQuery}.
 *
 * @returns undefined if the repository or the branch does not exist for the caller
 * @throws ZodError if it is no answer of GitHub
 */
export function branchAnswer(value: unknown): BranchOfGithub | undefined {
  const { repository } = answer.parse(value).data;
  if (!repository?.ref) return undefined;
  const { ref } = repository;
  const classic = ref.branchProtectionRule;
  const rules = present(ref.rules?.nodes).filter(
    ({ repositoryRuleset }) =>
      repositoryRuleset?.enforcement !== 'EVALUATE' &&
      repositoryRuleset?.enforcement !== 'DISABLED',
  );
  const reviews = rules.filter(({ type }) => type === 'PULL_REQUEST');
  const any = (
    holds: (
      parameters: NonNullable<(typeof rules)[number]['parameters']>,
    ) => boolean | null | undefined,
  ) => reviews.some(({ parameters }) => parameters && holds(parameters));
  const rulesets = rules.flatMap(
    ({ repositoryRuleset }) => repositoryRuleset ?? [],
  );
  const bypasses = rulesets.flatMap(({ bypassActors }) =>
    present(bypassActors?.nodes),
  );
  return {
    isPublic: repository.visibility === 'PUBLIC',
    // Older servers of GitHub Enterprise do not say it; theirs allow forks.
    forkingAllowed: repository.forkingAllowed ?? true,
    isProtected:
      Boolean(ref.refUpdateRule) || Boolean(classic) || rules.length > 0,
    hasClassic: Boolean(classic),
    hasRuleset: rules.length > 0,
    approvals: Math.max(
      classic?.requiresApprovingReviews
        ? classic.requiredApprovingReviewCount ?? 1
        : 0,
      // What holds for the reader itself: also where the rules are not shown.
      ref.refUpdateRule?.requiredApprovingReviewCount ?? 0,
      ...reviews.map(
        ({ parameters }) => parameters?.requiredApprovingReviewCount ?? 0,
      ),
    ),
    dismissesStale:
      Boolean(classic?.dismissesStaleReviews) ||
      any(({ dismissStaleReviewsOnPush }) => dismissStaleReviewsOnPush),
    lastPushApproval:
      Boolean(classic?.requireLastPushApproval) ||
      any(({ requireLastPushApproval }) => requireLastPushApproval),
    requiresCodeOwners:
      Boolean(classic?.requiresCodeOwnerReviews) ||
      any(({ requireCodeOwnerReview }) => requireCodeOwnerReview),
    checks: [
      ...(classic?.requiresStatusChecks
        ? present(classic.requiredStatusCheckContexts)
        : []),
      ...rules.flatMap(({ parameters }) =>
        (parameters?.requiredStatusChecks ?? []).map(({ context }) => context),
      ),
    ],
    codeOwners: [
      repository.codeownersGithub,
      repository.codeowners,
      repository.codeownersDocs,
    ]
      .flatMap(file => file?.text ?? [])
      .slice(0, 1),
    // Each rule of a ruleset names the ruleset, and with it the same people.
    bypassers: unique([
      ...(classic && !classic.isAdminEnforced
        ? [
            {
              name: 'administrators of the repository',
              kind: 'group' as const,
              broad: false,
            },
          ]
        : []),
      ...present(classic?.bypassPullRequestAllowances?.nodes).flatMap(
        ({ actor: who }) => principalOf(who) ?? [],
      ),
      ...bypasses.map(bypassOf),
    ]),
    customRoles: [
      ...new Set(bypasses.flatMap(bypass => customRoleOf(bypass) ?? [])),
    ],
    bypassersHidden:
      rulesets.some(({ bypassActors }) => !bypassActors) ||
      repository.viewerCanAdminister === false,
  };
}
