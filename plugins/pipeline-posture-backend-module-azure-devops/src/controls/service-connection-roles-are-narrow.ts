import {
  defineProviderControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureFacts } from '../normalize/AzureFacts';

const EXPECTED =
  'No group that practically every builder is in can use or administer it.';
const POWERFUL = ['User', 'Creator', 'Administrator'];

/** No broad group can use or administer what production depends on. */
export const serviceConnectionRolesAreNarrow =
  defineProviderControl<AzureFacts>()({
    id: 'service-connection-roles-are-narrow',
    title: 'Roles on production resources are held by few',
    dimension: 'least-privilege',
    severity: 'high',
    lifecycle: 'active',
    answers: ['GOV-1', 'GOV-3', 'SAD-2', 'AZS-5'],
    why:
      'The role User lets its holder put a connection into any pipeline, and Administrator lets them take off its checks. ' +
      'If a group that practically every builder is in holds one, an attacker with any of those accounts reaches production.',
    measure:
      'Looks at who holds roles on the service connections and environments of stages that deploy to production. ' +
      'Fails if a broad group, or the identity of builds, holds User, Creator or Administrator on a connection, or Administrator on an environment. ' +
      'Passes if only named people and small groups do. Unknown if the roles cannot be read. Not applicable if the pipeline is known to deploy nothing to production.',
    actor: 'platform-team',
    remediation: {
      'azure-devops': {
        docsUrl:
          'https://learn.microsoft.com/azure/devops/pipelines/policies/service-connection-permissions',
        steps: [
          'Open the service connection or environment, then Security in its menu.',
          'Replace broad groups with a small named group under "User permissions".',
          'Turn off inheritance where the broad group comes from the project.',
        ],
        cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/_apis/securityroles/scopes/distributedtask.serviceendpointrole/roleassignments/resources/<project id>_<connection id>?api-version=7.1-preview.1"`,
        terraform: `resource "azuredevops_securityrole_assignment" "contributors" {
  scope       = "distributedtask.serviceendpointrole"
  resource_id = "\${azuredevops_project.<project>.id}_\${azuredevops_serviceendpoint_azurerm.<name>.id}"
  identity_id = data.azuredevops_group.contributors.origin_id
  role_name   = "Reader"
}`,
      },
    },
    needs: [],
    needsOfProvider: ['roles'],
    evaluate({ provider: { roles } }) {
      if (roles.length === 0) {
        return notApplicable('This pipeline deploys nothing to production.');
      }
      return roles.flatMap(({ type, name, holders, url }) => {
        const wrongRoles =
          type === 'environment' ? ['Administrator'] : POWERFUL;
        return judge(holders, `${type} ${name}`, EXPECTED, all => {
          const wrong = all.filter(
            ({ principal, role }) =>
              (principal.broad || principal.kind === 'service') &&
              wrongRoles.includes(role),
          );
          return {
            ok: wrong.length === 0,
            observed:
              wrong.length === 0
                ? `No broad group has power over the ${type} ${name}.`
                : `${wrong
                    .map(
                      ({ principal, role }) => `${principal.name} is ${role}`,
                    )
                    .join(', ')} of the ${type} ${name}.`,
            ...(url && { url }),
          };
        });
      });
    },
  });
