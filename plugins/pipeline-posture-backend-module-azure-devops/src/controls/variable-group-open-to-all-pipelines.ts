import { defineProviderControl } from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { judgeOpenAccess } from './open-to-all-pipelines';

/** No variable group with secrets may be read by just any pipeline of the project. */
export const variableGroupOpenToAllPipelines =
  defineProviderControl<AzureFacts>()({
    id: 'variable-group-open-to-all-pipelines',
    title: 'Variable groups with secrets are open to named pipelines only',
    dimension: 'least-privilege',
    severity: 'high',
    lifecycle: 'active',
    answers: ['AZS-5', 'AZS-8', 'BP7-3'],
    why:
      'Secrets in a variable group are handed to every job of a pipeline that links it. ' +
      'If every pipeline may link the group, an attacker with write access to any repository prints the secrets in a pipeline of their own.',
    measure:
      'Looks at every variable group with secrets that the pipeline uses. ' +
      'Fails if its pipeline permissions are open to all pipelines. Passes if only named pipelines are permitted. ' +
      'Unknown if the permissions cannot be read. Not applicable if the pipeline is known to use none.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
        steps: [
          'Open Pipelines > Library and choose the variable group.',
          'Open "Pipeline permissions".',
          'Choose "Restrict permission" in the menu, and add the pipelines that need the group.',
        ],
        cli: `az pipelines variable-group update --project <project> --group-id <group id> --authorize false`,
        terraform: `resource "azuredevops_pipeline_authorization" "permitted" {
  project_id  = azuredevops_project.<name>.id
  resource_id = azuredevops_variable_group.<name>.id
  type        = "variablegroup"
  pipeline_id = azuredevops_build_definition.<name>.id # leave it out and it is open to all
}`,
      },
    },
    needs: [],
    needsOfProvider: ['resources'],
    evaluate: ({ provider: { resources } }) =>
      judgeOpenAccess(
        resources,
        ({ type, holdsSecrets }) => type === 'variable group' && holdsSecrets,
        'This pipeline uses no variable group with secrets.',
      ),
  });
