import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeApplicationSources } from './applicationSources';

/**
 * No change reaches the branch that the pipeline takes without the approval of a reviewer.
 *
 * @public
 */
export const sourceBranchRequiresReview = defineControl({
  id: 'source-branch-requires-review',
  title: 'Changes to the source branch need a review',
  dimension: 'branch-protection',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['GOV-8', 'AZS-2', 'AZS-4'],
  why:
    'Whatever is on this branch, the pipeline builds and deploys with its own rights. ' +
    'If it can be pushed to without a review, an attacker with one stolen developer account puts a backdoor into the code, or a command into the pipeline file, and nobody sees it before it runs. ' +
    'A required review means that two accounts have to be taken over instead of one.',
  measure:
    'Looks at the branch of every application repository of the pipeline, as the source host enforces its rules. ' +
    'Passes if each needs at least one approval before a change gets in. Fails if one needs none; a policy that is switched off or optional counts as none. ' +
    'Unknown if the rules of a branch cannot be read. Not applicable if it is known that the pipeline takes its application from no branch, such as from a bucket or an image. ' +
    'Repositories of templates, and who may go around the rules, are asked by other controls.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/git/branch-policies',
      steps: [
        'Open Repos > Branches, then Branch policies in the menu of the branch.',
        'Turn on "Require a minimum number of reviewers" and set it to 1 or more.',
        'Clear "Allow requestors to approve their own changes" and select "Prohibit the most recent pusher from approving their own changes".',
        'For a repository on GitHub: open Settings > Branches there, and require a pull request with at least one approval before merging.',
      ],
      cli: `az repos policy approver-count create --repository-id <repository id> --branch main \\
  --minimum-approver-count 1 --creator-vote-counts false --allow-downvotes false \\
  --reset-on-source-push true --blocking true --enabled true`,
      terraform: `resource "azuredevops_branch_policy_min_reviewers" "main" {
  project_id = azuredevops_project.<project>.id
  enabled    = true
  blocking   = true
  settings {
    reviewer_count               = 1
    submitter_can_vote           = false
    last_pusher_cannot_approve   = true
    on_push_reset_approved_votes = true
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
        'For a repository on GitHub: open Settings > Branches, and require a pull request with at least one approval before merging.',
        'For CodeCommit: create an approval rule template that asks for at least one approval and names the branch as its destination.',
        'Associate the template with the repository.',
        'Deny codecommit:GitPush on that branch to developers in IAM (condition codecommit:References), so that pull requests are the only way in.',
      ],
      cli: `aws codecommit create-approval-rule-template \\
  --approval-rule-template-name one-review \\
  --approval-rule-template-content '{"Version":"2018-11-08","DestinationReferences":["refs/heads/main"],"Statements":[{"Type":"Approvers","NumberOfApprovalsNeeded":1}]}'
aws codecommit associate-approval-rule-template-with-repository \\
  --approval-rule-template-name one-review --repository-name <repository>`,
      terraform: `resource "aws_codecommit_approval_rule_template" "one_review" {
  name = "one-review"
  content = jsonencode({
    Version               = "2018-11-08"
    DestinationReferences = ["refs/heads/main"]
    Statements            = [{ Type = "Approvers", NumberOfApprovalsNeeded = 1 }]
  })
}

resource "aws_codecommit_approval_rule_template_association" "one_review" {
  approval_rule_template_name = aws_codecommit_approval_rule_template.one_review.name
  repository_name             = "<repository>"
}`,
    },
  },
  needs: ['sources'],
  evaluate: ({ sources }) =>
    judgeApplicationSources(
      sources,
      'The source host enforces at least one approval before a change gets in.',
      ({ minimumReviewers }, title) => ({
        ok: minimumReviewers >= 1,
        observed:
          minimumReviewers >= 1
            ? `A change to ${title} needs ${minimumReviewers} approval${
                minimumReviewers === 1 ? '' : 's'
              }.`
            : `A change gets into ${title} without any review.`,
      }),
    ),
});
