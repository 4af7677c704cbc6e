import { BranchProtection } from 'backstage-plugin-pipeline-posture-common';
import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeApplicationSources } from './applicationSources';

function decide(protection: BranchProtection, title: string) {
  if (protection.minimumReviewers < 1) {
    return {
      ok: false,
      observed: `Nobody has to approve a change to ${title}, so its author needs nobody else.`,
    };
  }
  const who = [
    ...(protection.authorApprovalCounts ? ['the author of a change'] : []),
    ...(protection.lastPusherApprovalCounts ? ['whoever pushed last'] : []),
  ];
  return {
    ok: who.length === 0,
    undecided: protection.authorApprovalCounts
      ? undefined
      : protection.unestablished?.lastPusherApprovalCounts,
    observed:
      who.length === 0
        ? `Approvals of the author and of whoever pushed last do not count on ${title}.`
        : `On ${title} the approval of ${who.join(' and of ')} counts.`,
  };
}

/**
 * Somebody other than the author and the last pusher approves every change.
 *
 * @public
 */
export const authorCannotApproveOwnChange = defineControl({
  id: 'author-cannot-approve-own-change',
  title: 'Nobody can approve their own change',
  dimension: 'branch-protection',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-8'],
  why:
    'A review protects only if it is done by somebody else. ' +
    'Where the approval of the author counts, or of whoever pushed last, an attacker with one account approves the malicious commit with that same account, or adds it to a colleague’s open pull request and approves that. ' +
    'The log then shows a reviewed change.',
  measure:
    'Looks at the branch of every application repository of the pipeline. ' +
    'Passes if at least one approval is required and neither the author’s own nor that of the person who pushed last counts. ' +
    'Fails if one of them counts. Fails as well if no approval is required, since then the author needs nobody: ' +
    'such a branch fails source-branch-requires-review too, and requiring a review that the author cannot give mends both. ' +
    'Unknown if the rules of a branch cannot be read. Not applicable if it is known that the pipeline takes its application from no branch.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/git/branch-policies',
      steps: [
        'Open Repos > Branches, then Branch policies in the menu of the branch.',
        'Under "Require a minimum number of reviewers", clear "Allow requestors to approve their own changes".',
        'Select "Prohibit the most recent pusher from approving their own changes".',
        'For a repository on GitHub: in the protection rule of the branch select "Require approval of the most recent reviewable push".',
      ],
      cli: `az repos policy list --repository-id <repository id> --branch main --output table
az repos policy approver-count update --id <policy id> --creator-vote-counts false
# "Prohibit the most recent pusher" is set in the portal or with Terraform.`,
      terraform: `resource "azuredevops_branch_policy_min_reviewers" "main" {
  project_id = azuredevops_project.<project>.id
  enabled    = true
  blocking   = true
  settings {
    reviewer_count             = 1
    submitter_can_vote         = false
    last_pusher_cannot_approve = true
    scope {
      repository_id  = azuredevops_git_repository.<repository>.id
      repository_ref = "refs/heads/main"
      match_type     = "Exact"
    }
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codecommit/latest/userguide/approval-rule-templates.html',
      steps: [
        'For a repository on GitHub: require a pull request with at least one approval, and select "Require approval of the most recent reviewable push". GitHub never counts the approval of the author.',
        'For CodeCommit: require at least one approval with an approval rule template. CodeCommit refuses the approval of the pull request’s author.',
        'Name in the template the roles that may approve, so that two identities of one person do not count.',
      ],
      cli: `gh api --method PATCH repos/<owner>/<repository>/branches/main/protection/required_pull_request_reviews \\
  -F required_approving_review_count=1 -F require_last_push_approval=true`,
      terraform: `resource "github_branch_protection" "main" {
  repository_id = github_repository.<repository>.node_id
  pattern       = "main"
  required_pull_request_reviews {
    required_approving_review_count = 1
    require_last_push_approval      = true
    dismiss_stale_reviews           = true
  }
}`,
    },
  },
  needs: ['sources'],
  evaluate: ({ sources }) =>
    judgeApplicationSources(
      sources,
      'Only the approval of somebody who neither wrote nor last pushed the change counts.',
      decide,
    ),
});
