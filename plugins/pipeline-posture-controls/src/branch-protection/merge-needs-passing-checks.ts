import { BranchProtection } from 'backstage-plugin-pipeline-posture-common';
import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeApplicationSources } from './applicationSources';

function decide(
  { requiredChecks, unestablished }: BranchProtection,
  title: string,
) {
  return {
    ok: requiredChecks.length > 0,
    undecided: unestablished?.requiredChecks,
    observed:
      requiredChecks.length > 0
        ? `A change to ${title} must pass ${requiredChecks.join(', ')}.`
        : `A change gets into ${title} without any check having passed.`,
  };
}

/**
 * A change is built and tested before it gets into the branch that is deployed.
 *
 * @public
 */
export const mergeNeedsPassingChecks = defineControl({
  id: 'merge-needs-passing-checks',
  title: 'A change gets in only if its checks pass',
  dimension: 'branch-protection',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-2', 'GOV-8'],
  why:
    'Tests and scans that run after the merge find the damage when it is already in the branch that deploys. ' +
    'An attacker, or a tired reviewer, merges code that no scan has looked at. ' +
    'A required check looks at every change first and cannot be forgotten.',
  measure:
    'Looks at the branch of every application repository of the pipeline. ' +
    'Passes if at least one build or status check must pass before a change gets in. ' +
    'Fails if none must; a check that is optional or that has to be started by hand does not count. ' +
    'Unknown if the rules of a branch cannot be read, or if there are only checks that hold for some of the files. ' +
    'Not applicable if it is known that the pipeline takes its application from no branch.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/git/branch-policies',
      steps: [
        'Open Repos > Branches, then Branch policies in the menu of the branch.',
        'Under "Build validation" add the pipeline that builds and tests the change.',
        'Set Trigger to "Automatic" and Policy requirement to "Required".',
      ],
      cli: `az repos policy build create --repository-id <repository id> --branch main \\
  --build-definition-id <pipeline id> --display-name build --blocking true --enabled true \\
  --manual-queue-only false --queue-on-source-update-only true --valid-duration 0`,
      terraform: `resource "azuredevops_branch_policy_build_validation" "main" {
  project_id = azuredevops_project.<project>.id
  settings {
    display_name        = "build"
    build_definition_id = azuredevops_build_definition.<pipeline>.id
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
        'https://docs.aws.amazon.com/codebuild/latest/userguide/github-webhook.html',
      steps: [
        'Create a CodeBuild project that builds pull requests of the repository and reports its status to it.',
        'For a repository on GitHub: in the protection rule of the branch select "Require status checks to pass" and name the build.',
        'For CodeCommit: let the build add its approval to the pull request, and require that approval with an approval rule.',
      ],
      terraform: `resource "github_branch_protection" "main" {
  repository_id = github_repository.<repository>.node_id
  pattern       = "main"
  required_status_checks {
    strict   = true
    contexts = ["AWS CodeBuild <region> (<project>)"]
  }
}`,
      cli: `# GitHub
gh api --method POST repos/<owner>/<repository>/rulesets --input - <<'JSON'
{ "name": "checks", "target": "branch", "enforcement": "active",
  "conditions": { "ref_name": { "include": ["~DEFAULT_BRANCH"], "exclude": [] } },
  "rules": [{ "type": "required_status_checks", "parameters": {
    "strict_required_status_checks_policy": true,
    "required_status_checks": [{ "context": "<check>" }] } }] }
JSON`,
    },
  },
  needs: ['sources'],
  evaluate: ({ sources }) =>
    judgeApplicationSources(
      sources,
      'At least one build or status check must pass before a change gets in.',
      decide,
    ),
});
