import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** The identity of builds has no right to change protected code. */
export const buildServiceCannotWriteRepository =
  defineProviderControl<AzureFacts>()({
    id: 'build-service-cannot-write-repository',
    title: 'Builds cannot write to the repository',
    dimension: 'least-privilege',
    severity: 'high',
    lifecycle: 'active',
    answers: ['SAD-2', 'BP7-2', 'AZS-3'],
    why:
      'Every job runs with the identity of the build service. ' +
      'If that may push or bypass policies, an attacker who gets one script to run changes the code of the application or of the pipeline itself, and nobody sees a pull request.',
    measure:
      'Looks at the permissions of the build service on every application repository in this project. ' +
      'Fails if it may contribute, push by force, create branches, bypass or edit policies, or manage permissions. Passes if it may only read. ' +
      'Unknown if the permissions cannot be read. Not applicable if the application is in no repository of this project.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/process/access-tokens',
        steps: [
          'Open Project settings > Repositories, choose the repository and Security.',
          'Choose the build service of the project under Users.',
          'Set Contribute, Create branch, Force push and the bypass permissions to "Not set" or "Deny".',
        ],
        cli: `# 4 is Contribute, 8 Force push, 16 Create branch, 128 and 32768 bypass policies.
az devops security permission update --id 2e9eb7ed-3c0a-47d4-87c1-0ffdd275fd87 \\
  --subject <descriptor of the build service> --token repoV2/<project id>/<repository id> \\
  --deny-bit 32924`,
        terraform: `resource "azuredevops_git_permissions" "build_service" {
  project_id    = azuredevops_project.<project>.id
  repository_id = azuredevops_git_repository.<repository>.id
  principal     = "<descriptor of the build service>"
  permissions = {
    GenericContribute       = "Deny"
    ForcePush               = "Deny"
    CreateBranch            = "Deny"
    PolicyExempt            = "Deny"
    PullRequestBypassPolicy = "Deny"
  }
}`,
      },
    },
    needs: [],
    needsOfProvider: ['buildServiceRights'],
    evaluate({ provider: { buildServiceRights } }) {
      if (buildServiceRights.length === 0) {
        return notApplicable(
          'The application is in no repository of this project.',
        );
      }
      return buildServiceRights.flatMap(({ repository, holders }) =>
        judge(
          holders,
          `repository ${repository}`,
          'The identity of builds may only read the repository.',
          all => {
            const wrong = all.filter(({ rights }) => rights.length > 0);
            return {
              ok: wrong.length === 0,
              observed:
                wrong.length === 0
                  ? `Builds may only read ${repository}.`
                  : wrong
                      .map(
                        ({ principal, rights }) =>
                          `${principal.name} has ${rights.join(
                            ', ',
                          )} on ${repository}.`,
                      )
                      .join(' '),
            };
          },
        ),
      );
    },
  });
