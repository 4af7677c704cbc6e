import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** The templates that a pipeline is made of can only be changed with a review. */
export const templateSourceIsProtected = defineProviderControl<AzureFacts>()({
  id: 'template-source-is-protected',
  title: 'Templates come from a protected branch',
  dimension: 'tamper-resistance',
  severity: 'high',
  lifecycle: 'active',
  answers: ['AZS-7', 'BP7-2', 'GOV-8'],
  why:
    'A template runs in every pipeline that includes it, with the identities of each. ' +
    'An attacker who can push to the repository of a template without review changes all of those pipelines at once.',
  measure:
    'Looks at every repository that templates of the pipeline come from. Passes if a change to the branch that is used needs an approval. Fails if it does not. ' +
    'Unknown if the rules of the branch cannot be read, or the repository is on another host. Not applicable if the pipeline takes no template from another repository.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/templates',
      steps: [
        'Require reviewers on the branch of the template repository.',
        'Name that branch, or better a tag that nobody can move, with ref under resources.repositories.',
      ],
      cli: `az repos policy approver-count create --project <project of the templates> --repository-id <repository id> \\
  --branch main --minimum-approver-count 1 --creator-vote-counts false --allow-downvotes false \\
  --reset-on-source-push true --blocking true --enabled true`,
      terraform: `resource "azuredevops_branch_policy_min_reviewers" "templates" {
  project_id = azuredevops_project.<project>.id
  enabled    = true
  blocking   = true
  settings {
    reviewer_count     = 1
    submitter_can_vote = false
    scope {
      repository_id  = azuredevops_git_repository.<templates>.id
      repository_ref = "refs/heads/main"
      match_type     = "Exact"
    }
  }
}`,
    },
  },
  needs: ['sources'],
  needsOfProvider: [],
  evaluate({ sources }) {
    const templates = sources.filter(({ role }) => role === 'template');
    if (templates.length === 0) {
      return notApplicable(
        'This pipeline takes no template from another repository.',
      );
    }
    return templates.flatMap(({ name, branch, protection, url }) => {
      const title = branch ? `${branch} of ${name}` : name;
      return judge(
        protection,
        `templates from ${title}`,
        'A change to the templates needs an approval.',
        value => ({
          ok: value !== 'not-applicable' && value.minimumReviewers > 0,
          observed:
            value !== 'not-applicable' && value.minimumReviewers > 0
              ? `A change to ${title} needs ${value.minimumReviewers} approval${
                  value.minimumReviewers === 1 ? '' : 's'
                }.`
              : `A change gets into ${title} without any review.`,
          ...(url && { url }),
        }),
      );
    });
  },
});
