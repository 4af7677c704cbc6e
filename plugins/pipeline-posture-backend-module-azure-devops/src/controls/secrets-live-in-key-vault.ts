import {
  defineProviderControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

/** Variable groups read their secrets from a key vault. */
export const secretsLiveInKeyVault = defineProviderControl<AzureFacts>()({
  id: 'secrets-live-in-key-vault',
  title: 'Secrets of variable groups live in a key vault',
  dimension: 'credential-type',
  severity: 'low',
  lifecycle: 'active',
  answers: ['BP7-5', 'AZS-8'],
  why:
    'A key vault knows who read a secret, rotates it and can be closed. ' +
    'A secret that is kept in the Library is known to the pipeline alone: after an attack nobody can tell what the attacker had.',
  measure:
    'Looks at every variable group with secrets that the pipeline links. Passes if it reads them from a key vault. Fails if they are kept in the Library. ' +
    'Unknown if the groups cannot be read. Not applicable if the pipeline links no group with secrets.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/library/link-variable-groups-to-key-vaults',
      steps: [
        'Put the secrets into an Azure key vault.',
        'Open Pipelines > Library, choose the group and switch on "Link secrets from an Azure key vault as variables".',
      ],
      cli: `az keyvault secret set --vault-name <vault> --name <name> --file <file with the value>
az pipelines variable-group variable delete --project <project> --group-id <group id> --name <name>`,
      terraform: `resource "azuredevops_variable_group" "secrets" {
  project_id   = azuredevops_project.<project>.id
  name         = "<group>"
  allow_access = false
  key_vault {
    name                = azurerm_key_vault.<vault>.name
    service_endpoint_id = azuredevops_serviceendpoint_azurerm.<name>.id
  }
  variable {
    name = "<secret>"
  }
}`,
    },
  },
  needs: [],
  needsOfProvider: ['secretGroups'],
  evaluate({ provider: { secretGroups } }) {
    if (secretGroups.length === 0) {
      return notApplicable(
        'This pipeline links no variable group with secrets.',
      );
    }
    return secretGroups.map(({ name, inKeyVault }) => {
      const observation = {
        subject: `variable group ${name}`,
        observed: inKeyVault
          ? `The variable group ${name} reads its secrets from a key vault.`
          : `The variable group ${name} keeps its secrets in the Library.`,
        expected: 'The group reads its secrets from a key vault.',
        evidence: [
          {
            source: 'GET {project}/_apis/distributedtask/variablegroups',
            field: 'type',
          },
        ],
      };
      return inKeyVault ? pass(observation) : fail(observation);
    });
  },
});
