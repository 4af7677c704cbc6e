import { defineProviderControl } from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { judgeOpenAccess } from './open-to-all-pipelines';

/** No secure file of the pipeline may be downloaded by just any pipeline of the project. */
export const secureFileOpenToAllPipelines = defineProviderControl<AzureFacts>()(
  {
    id: 'secure-file-open-to-all-pipelines',
    title: 'Secure files are open to named pipelines only',
    dimension: 'least-privilege',
    severity: 'high',
    lifecycle: 'active',
    answers: ['AZS-5', 'BP7-3'],
    why:
      'Signing keys and certificates are kept as secure files. ' +
      'If every pipeline may download them, an attacker with write access to any repository copies the key with a pipeline of their own, and signs what they like.',
    measure:
      'Looks at every secure file that the pipeline uses. ' +
      'Fails if its pipeline permissions are open to all pipelines. Passes if only named pipelines are permitted. ' +
      'Unknown if the permissions cannot be read. Not applicable if the pipeline is known to use none.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
        steps: [
          'Open Pipelines > Library > Secure files and choose the file.',
          'Open "Pipeline permissions" and restrict it to the pipelines that need the file.',
        ],
        cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/pipelinepermissions/securefile/<secure file id>?api-version=7.1-preview.1" \\
  --body '{"allPipelines":{"authorized":false},"pipelines":[{"id":<pipeline id>,"authorized":true}]}'`,
        terraform: `resource "azuredevops_pipeline_authorization" "permitted" {
  project_id  = azuredevops_project.<name>.id
  resource_id = <secure file id>
  type        = "securefile"
  pipeline_id = azuredevops_build_definition.<name>.id # leave it out and it is open to all
}`,
      },
    },
    needs: [],
    needsOfProvider: ['resources'],
    evaluate: ({ provider: { resources } }) =>
      judgeOpenAccess(
        resources,
        ({ type }) => type === 'secure file',
        'This pipeline uses no secure file.',
      ),
  },
);
