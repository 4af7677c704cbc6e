import { defineProviderControl } from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { judgeOpenAccess } from './open-to-all-pipelines';

/** No service connection of the pipeline may be used by just any pipeline of the project. */
export const serviceConnectionOpenToAllPipelines =
  defineProviderControl<AzureFacts>()({
    id: 'service-connection-open-to-all-pipelines',
    title: 'Service connections are open to named pipelines only',
    dimension: 'least-privilege',
    severity: 'critical',
    lifecycle: 'active',
    answers: ['AZS-5', 'GOV-4', 'SAD-2', 'BP7-3'],
    why:
      'A service connection that every pipeline of the project may use belongs to everybody who can add a file. ' +
      'An attacker with write access to any repository of the project writes a pipeline that names the connection, ' +
      'and deploys with its rights without touching the pipeline that it was made for.',
    measure:
      'Looks at every service connection that the pipeline uses and that is not disabled. ' +
      'Fails if its pipeline permissions are open to all pipelines. Passes if only named pipelines are permitted. ' +
      'Unknown if the permissions cannot be read. Not applicable if the pipeline is known to use no service connection.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
        steps: [
          'Open Project settings > Service connections and choose the connection.',
          'Open the menu (three dots) > Security.',
          'Under "Pipeline permissions" choose "Restrict permission" to take back the open access.',
          'Add the pipelines that need the connection with "+".',
        ],
        cli: `az devops invoke --area pipelinePermissions --resource pipelinePermissions \\
  --route-parameters project=<project> resourceType=endpoint resourceId=<connection id> \\
  --http-method PATCH --api-version 7.1-preview --in-file permissions.json
# permissions.json: {"allPipelines": {"authorized": false}, "pipelines": [{"id": <pipeline id>, "authorized": true}]}`,
        terraform: `resource "azuredevops_pipeline_authorization" "deploy" {
  project_id  = azuredevops_project.<name>.id
  resource_id = azuredevops_serviceendpoint_azurerm.<name>.id
  type        = "endpoint"
  pipeline_id = azuredevops_build_definition.<name>.id # leave it out and the connection is open to all
}`,
      },
    },
    needs: [],
    needsOfProvider: ['resources'],
    evaluate: ({ provider: { resources } }) =>
      judgeOpenAccess(
        resources,
        ({ type }) => type === 'service connection',
        'This pipeline uses no service connection.',
      ),
  });
