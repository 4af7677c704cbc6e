import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** No self-hosted pool runs just any pipeline of the project. */
export const agentPoolOpenToAllPipelines = defineProviderControl<AzureFacts>()({
  id: 'agent-pool-open-to-all-pipelines',
  title: 'Agent pools of your own are open to named pipelines only',
  dimension: 'least-privilege',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['AZS-5', 'AZS-9'],
  why:
    'A machine of your own keeps files, caches and sometimes logins from one run to the next. ' +
    'If every pipeline may run on it, an attacker with any pipeline leaves something there that the next, more powerful, run picks up.',
  measure:
    'Looks at every self-hosted agent pool that the pipeline runs on. ' +
    'Fails if its pipeline permissions are open to all pipelines. Passes if only named pipelines are permitted. ' +
    'Unknown if the permissions cannot be read. Not applicable if the pipeline runs on machines of the provider only.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/policies/agent-pool-permissions',
      steps: [
        'Open Project settings > Agent pools and choose the pool.',
        'Open Security > Pipeline permissions and restrict it to the pipelines that need it.',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/pipelinepermissions/queue/<queue id>?api-version=7.1-preview.1" \\
  --body '{"allPipelines":{"authorized":false},"pipelines":[{"id":<pipeline id>,"authorized":true}]}'`,
      terraform: `resource "azuredevops_pipeline_authorization" "queue" {
  project_id  = azuredevops_project.<project>.id
  resource_id = azuredevops_agent_queue.<queue>.id
  type        = "queue"
  pipeline_id = azuredevops_build_definition.<pipeline>.id
}`,
    },
  },
  needs: ['runners'],
  needsOfProvider: [],
  evaluate({ runners }) {
    const own = runners.filter(({ hosting }) => hosting === 'own');
    if (own.length === 0) {
      return notApplicable(
        'This pipeline runs on machines of the provider only.',
      );
    }
    return own.flatMap(({ name, openToAllPipelines }) =>
      judge(
        openToAllPipelines,
        `agent pool ${name}`,
        'Only named pipelines may run on the pool.',
        yes => ({
          ok: !yes,
          observed: yes
            ? `Every pipeline of the project may run on ${name}.`
            : `Only named pipelines may run on ${name}.`,
        }),
      ),
    );
  },
});
