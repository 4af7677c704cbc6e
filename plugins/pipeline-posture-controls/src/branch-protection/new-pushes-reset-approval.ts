import { BranchProtection } from 'backstage-plugin-pipeline-posture-common';
import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeApplicationSources } from './applicationSources';

function decide(protection: BranchProtection, title: string) {
  if (protection.minimumReviewers < 1) {
    return {
      ok: false,
      observed: `Nobody has to approve a change to ${title}, so there is no approval that a push could reset.`,
    };
  }
  return {
    ok: protection.approvalsResetOnPush,
    observed: protection.approvalsResetOnPush
      ? `New commits take back the approvals of a change to ${title}.`
      : `Approvals of a change to ${title} stay when new commits arrive.`,
  };
}

/**
 * Approvals hold for what was looked at, not for what comes after.
 *
 * @public
 */
export const newPushesResetApproval = defineControl({
  id: 'new-pushes-reset-approval',
  title: 'New commits take back earlier approvals',
  dimension: 'branch-protection',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['GOV-8'],
  why:
    'An approval says that somebody looked at the change as it was. ' +
    'Where it stays when commits are added, an attacker has a harmless change approved and pushes the harmful commit afterwards. ' +
    'It gets in under the name of a reviewer who never saw it.',
  measure:
    'Looks at the branch of every application repository of the pipeline. ' +
    'Passes if approvals are required and new commits take them back. ' +
    'Fails if they stay, and if no approval is required. ' +
    'Unknown if the rules of a branch cannot be read. Not applicable if it is known that the pipeline takes its application from no branch.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/git/branch-policies',
      steps: [
        'Open Repos > Branches, then Branch policies in the menu of the branch.',
        'Under "Require a minimum number of reviewers" select "When new changes are pushed".',
        'Choose "Reset all approval votes" or "Require at least one approval on the last iteration".',
      ],
      cli: `az repos policy approver-count update --id <policy id> --reset-on-source-push true`,
      terraform: `resource "azuredevops_branch_policy_min_reviewers" "main" {
  project_id = azuredevops_project.<project>.id
  settings {
    reviewer_count                         = 1
    on_push_reset_approved_votes           = true
    on_last_iteration_require_vote         = true
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
        'https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-review-pull-request.html',
      steps: [
        'For a repository on GitHub: in the protection rule of the branch select "Dismiss stale pull request approvals when new commits are pushed".',
        'For CodeCommit: approvals belong to a revision and lapse with the next push; require at least one with an approval rule template.',
      ],
      cli: `gh api --method PATCH repos/<owner>/<repository>/branches/main/protection/required_pull_request_reviews \\
  -F dismiss_stale_reviews=true`,
      terraform: `resource "github_branch_protection" "main" {
  repository_id = github_repository.<repository>.node_id
  pattern       = "main"
  required_pull_request_reviews {
    dismiss_stale_reviews           = true
    required_approving_review_count = 1
  }
}`,
    },
  },
  needs: ['sources'],
  evaluate: ({ sources }) =>
    judgeApplicationSources(
      sources,
      'New commits take back the approvals that a change already has.',
      decide,
    ),
});
