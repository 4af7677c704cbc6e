import { defineProviderControl } from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { judgeOpenAccess } from './open-to-all-pipelines';

/** No environment of the pipeline may be deployed to by just any pipeline of the project. */
export const environmentOpenToAllPipelines =
  defineProviderControl<AzureFacts>()({
    id: 'environment-open-to-all-pipelines',
    title: 'Environments are open to named pipelines only',
    dimension: 'least-privilege',
    severity: 'high',
    lifecycle: 'active',
    answers: ['AZS-5', 'GOV-5'],
    why:
      'An environment stands for a place where software runs. ' +
      'If every pipeline of the project may deploy to it, an attacker with write access to any repository deploys there with a pipeline of their own, past the one that was reviewed.',
    measure:
      'Looks at every environment that the pipeline uses. ' +
      'Fails if its pipeline permissions are open to all pipelines. Passes if only named pipelines are permitted. ' +
      'Unknown if the permissions cannot be read. Not applicable if the pipeline is known to use none.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
        steps: [
          'Open Pipelines > Environments and choose the environment.',
          'Open the menu (three dots) > Security.',
          'Under "Pipeline permissions" take back the open access, and add the pipelines that deploy there.',
        ],
        cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/pipelinepermissions/environment/<environment id>?api-version=7.1-preview.1" \\
  --body '{"allPipelines":{"authorized":false},"pipelines":[{"id":<pipeline id>,"authorized":true}]}'`,
        terraform: `resource "azuredevops_pipeline_authorization" "permitted" {
  project_id  = azuredevops_project.<name>.id
  resource_id = azuredevops_environment.<name>.id
  type        = "environment"
  pipeline_id = azuredevops_build_definition.<name>.id # leave it out and it is open to all
}`,
      },
    },
    needs: [],
    needsOfProvider: ['resources'],
    evaluate: ({ provider: { resources } }) =>
      judgeOpenAccess(
        resources,
        ({ type }) => type === 'environment',
        'This pipeline uses no environment.',
      ),
  });
