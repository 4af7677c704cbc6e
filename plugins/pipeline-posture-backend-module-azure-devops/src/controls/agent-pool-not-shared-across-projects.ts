import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** No self-hosted pool is shared by several projects. */
export const agentPoolNotSharedAcrossProjects =
  defineProviderControl<AzureFacts>()({
    id: 'agent-pool-not-shared-across-projects',
    title: 'Agent pools of your own serve one project',
    dimension: 'least-privilege',
    severity: 'medium',
    lifecycle: 'active',
    answers: ['AZS-3', 'AZS-9', 'AZS-6'],
    why:
      'Projects are the wall between teams, and a shared machine is a hole in it. ' +
      'An attacker in one project leaves something on the machine, or reads what is there, and gets into the pipelines of another.',
    measure:
      'Looks at every self-hosted agent pool that the pipeline runs on. ' +
      'Fails if the queues of several projects lead to it. Passes if only those of one project do. ' +
      'Unknown if the queues of a project cannot be read. Not applicable if the pipeline runs on machines of the provider only.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/security/infrastructure',
        steps: [
          'Create a pool for each project, or one for each level of trust.',
          'Use scale set agents that are thrown away after each job where you can.',
          'Remove the queue of the shared pool from the other projects, and turn off auto-provisioning.',
        ],
        cli: `az pipelines pool list --output table
az pipelines queue list --project <other project> --output table`,
        terraform: `resource "azuredevops_agent_pool" "own" {
  name           = "<project>-builds"
  auto_provision = false
}
resource "azuredevops_agent_queue" "own" {
  project_id    = azuredevops_project.<project>.id
  agent_pool_id = azuredevops_agent_pool.own.id
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
      return own.flatMap(({ name, sharedBeyondTeam }) =>
        judge(
          sharedBeyondTeam,
          `agent pool ${name}`,
          'The pool serves one project.',
          yes => ({
            ok: !yes,
            observed: yes
              ? `Other projects run on the machines of ${name} as well.`
              : `No other project runs on the machines of ${name}.`,
          }),
        ),
      );
    },
  });
