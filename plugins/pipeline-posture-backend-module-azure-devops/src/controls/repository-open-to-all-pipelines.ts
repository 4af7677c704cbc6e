import { defineProviderControl } from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';
import { judgeOpenAccess } from './open-to-all-pipelines';

/** No other repository that the code names may be read by just any pipeline of the project. */
export const repositoryOpenToAllPipelines = defineProviderControl<AzureFacts>()(
  {
    id: 'repository-open-to-all-pipelines',
    title: 'Other repositories are open to named pipelines only',
    dimension: 'least-privilege',
    severity: 'medium',
    lifecycle: 'active',
    answers: ['AZS-3', 'AZS-5'],
    why:
      'A pipeline may check out other repositories of the organisation. ' +
      'If every pipeline may do so, an attacker who changes any one of them reads the code of all, and looks there for the next step.',
    measure:
      'Looks at every other repository that the code names that the pipeline uses. ' +
      'Fails if its pipeline permissions are open to all pipelines. Passes if only named pipelines are permitted. ' +
      'Unknown if the permissions cannot be read. Not applicable if the pipeline is known to use none.',
    actor: 'service-owner',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
        steps: [
          'Open Project settings > Repositories and choose the repository.',
          'Open Security > Pipeline permissions and restrict it to the pipelines that need it.',
        ],
        cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/pipelinepermissions/repository/<project id>.<repository id>?api-version=7.1-preview.1" \\
  --body '{"allPipelines":{"authorized":false},"pipelines":[{"id":<pipeline id>,"authorized":true}]}'`,
        terraform: `resource "azuredevops_pipeline_authorization" "permitted" {
  project_id  = azuredevops_project.<name>.id
  resource_id = "<project id>.<repository id>"
  type        = "repository"
  pipeline_id = azuredevops_build_definition.<name>.id # leave it out and it is open to all
}`,
      },
    },
    needs: [],
    needsOfProvider: ['resources'],
    evaluate: ({ provider: { resources } }) =>
      judgeOpenAccess(
        resources,
        ({ type }) => type === 'repository',
        'This pipeline uses no other repository.',
      ),
  },
);
