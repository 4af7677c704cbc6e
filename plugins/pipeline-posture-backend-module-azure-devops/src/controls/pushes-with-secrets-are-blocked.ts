import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** A secret cannot be pushed by mistake. */
export const pushesWithSecretsAreBlocked = defineProviderControl<AzureFacts>()({
  id: 'pushes-with-secrets-are-blocked',
  title: 'Pushes with secrets in them are turned away',
  dimension: 'credential-type',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-5', 'AZS-8'],
  why:
    'A secret in the history of a repository is there for good, and everybody who clones it has it. ' +
    'An attacker searches the history first. Turning the push away is the only moment when it is still easy.',
  measure:
    'Looks at the policies of every application repository. Passes if pushes with credentials are blocked. Fails if they are not. ' +
    'Unknown if the policies cannot be read. Not applicable if the application is in no repository in Azure Repos.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/repos/security/github-advanced-security-secret-scanning',
      steps: [
        'Switch on push protection of GitHub Advanced Security for the repository.',
        'Or add the repository policy that restricts pushes with secrets.',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://advsec.dev.azure.com/<organisation>/<project>/_apis/management/repositories/<repository id>/enablement?api-version=7.2-preview.1" \\
  --body '{"advSecEnabled":true,"blockPushes":true}'`,
      terraform: `resource "azuredevops_repository_policy_check_credentials" "secrets" {
  project_id     = azuredevops_project.<project>.id
  enabled        = true
  blocking       = true
  repository_ids = [azuredevops_git_repository.<repository>.id]
}`,
    },
  },
  needs: [],
  needsOfProvider: ['pushProtection'],
  evaluate({ provider: { pushProtection } }) {
    if (pushProtection.length === 0) {
      return notApplicable(
        'The application is in no repository in Azure Repos.',
      );
    }
    return pushProtection.flatMap(({ repository, blocked, url }) =>
      judge(
        blocked,
        `repository ${repository}`,
        'Pushes with credentials in them are turned away.',
        yes => ({
          ok: yes,
          observed: yes
            ? `A policy turns away pushes with credentials to ${repository}.`
            : `Nothing turns away pushes with credentials to ${repository}.`,
          ...(url && { url }),
        }),
      ),
    );
  },
});
