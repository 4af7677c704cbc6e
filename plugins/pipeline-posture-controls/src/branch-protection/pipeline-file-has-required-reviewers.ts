import { BranchProtection } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { judgeApplicationSources } from './applicationSources';

const decide = (
  { pipelineFileHasRequiredReviewers: ok }: BranchProtection,
  title: string,
) => ({
  ok,
  observed: ok
    ? `On ${title} named reviewers must approve a change to the pipeline’s own file.`
    : `On ${title} a change to the pipeline’s own file needs nobody in particular.`,
});

/**
 * Those who answer for the pipeline see every change to its code.
 *
 * @public
 */
export const pipelineFileHasRequiredReviewers = defineControl({
  id: 'pipeline-file-has-required-reviewers',
  title: 'Changes to the pipeline’s own file need named reviewers',
  dimension: 'branch-protection',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['GOV-8', 'BP7-2'],
  why:
    'The file of the pipeline decides what runs with its identities. ' +
    'An attacker hides two lines in it among a hundred of application code, and the reviewer who knows the application does not see what they do. ' +
    'Reviewers who are named for that file look at it every time.',
  measure:
    'Looks at the branch of every application repository of the pipeline. ' +
    'Passes if a change to the file of the pipeline needs the approval of named people or groups. ' +
    'Fails if it does not. Unknown if the rules of a branch cannot be read. ' +
    'Not applicable to pipelines that are not kept in a file, and if it is known that the pipeline takes its application from no branch.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/git/branch-policies',
      steps: [
        'Open Repos > Branches, then Branch policies in the menu of the branch.',
        'Under "Automatically included reviewers" add a policy with the group that answers for pipelines.',
        'Set Policy requirement to "Required" and "For pull requests affecting these folders" to the path of the file.',
      ],
      cli: `az repos policy required-reviewer create --repository-id <repository id> --branch main \\
  --required-reviewer-ids "<group>" --path-filter "/azure-pipelines.yml" \\
  --message "Pipeline owners" --blocking true --enabled true`,
      terraform: `resource "azuredevops_branch_policy_auto_reviewers" "pipeline" {
  project_id = azuredevops_project.<project>.id
  settings {
    auto_reviewer_ids  = [azuredevops_group.<pipeline owners>.origin_id]
    path_filters       = ["/azure-pipelines.yml"]
    submitter_can_vote = false
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
        'https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html',
      steps: [
        'For a repository on GitHub: name the owners of buildspec files in CODEOWNERS.',
        'In the protection rule of the branch select "Require review from Code Owners".',
        'For CodeCommit: keep the buildspec in a repository of its own, or in the build project.',
      ],
      cli: `# GitHub: owners of the file, and a rule that asks for them.
echo '/buildspec.yml @<owner>/<team>' >> .github/CODEOWNERS
gh api --method POST repos/<owner>/<repository>/rulesets --input - <<'JSON'
{ "name": "owners", "target": "branch", "enforcement": "active",
  "conditions": { "ref_name": { "include": ["~DEFAULT_BRANCH"], "exclude": [] } },
  "rules": [{ "type": "pull_request", "parameters": {
    "required_approving_review_count": 1, "require_code_owner_review": true,
    "dismiss_stale_reviews_on_push": true, "require_last_push_approval": true,
    "required_review_thread_resolution": false } }] }
JSON`,
      terraform: `resource "github_repository_ruleset" "owners" {
  name        = "owners"
  repository  = "<repository>"
  target      = "branch"
  enforcement = "active"
  conditions {
    ref_name {
      include = ["~DEFAULT_BRANCH"]
      exclude = []
    }
  }
  rules {
    pull_request {
      required_approving_review_count = 1
      require_code_owner_review       = true
    }
  }
}`,
    },
  },
  needs: ['sources'],
  evaluate({ sources }, { pipeline }) {
    if (pipeline.kind.startsWith('azure-classic')) {
      return notApplicable('This pipeline is not kept in a file.');
    }
    return judgeApplicationSources(
      sources,
      'Named reviewers must approve every change to the file of the pipeline.',
      decide,
    );
  },
});
