import { stableGuid } from '../azure-devops/server/identifiers';
import { principalOf, rolesOf, ScopedAssignment } from './directory';
import { AzureTenant } from './state';

export const PROVIDER = 'Microsoft.Authorization';

function roleId(tenant: AzureTenant, name: string): string {
  const role = rolesOf(tenant).find(each => each.name === name);
  if (!role) throw new Error(`There is no role called ${name}`);
  return role.id;
}

const definitionId = (subscription: string, id: string) =>
  `${subscription}/providers/${PROVIDER}/roleDefinitions/${id}`;

/** Ids of role definitions begin with the subscription that the assignment is in. */
const subscriptionOf = (scope: string) =>
  /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '';

/** A role assignment as Azure Resource Manager sends it. */
export function sentAssignment(
  { scope, assignment }: ScopedAssignment,
  tenant: AzureTenant,
): object {
  const principal = principalOf(tenant, assignment.principal);
  const name = stableGuid(
    'assignment',
    scope,
    assignment.principal,
    assignment.role,
  );
  return {
    properties: {
      roleDefinitionId: definitionId(
        subscriptionOf(scope),
        roleId(tenant, assignment.role),
      ),
      principalId: principal.id,
      principalType: principal.type,
      scope,
      condition: assignment.condition ?? null,
      conditionVersion: assignment.condition ? '2.0' : null,
      createdOn: '2024-03-01T08:00:00.1234567Z',
      updatedOn: '2024-03-01T08:00:00.1234567Z',
      createdBy: stableGuid('user Ada Author'),
      updatedBy: stableGuid('user Ada Author'),
      delegatedManagedIdentityResourceId: null,
      description: null,
    },
    id: `${scope}/providers/${PROVIDER}/roleAssignments/${name}`,
    type: `${PROVIDER}/roleAssignments`,
    name,
  };
}

/** One of its schedules in Privileged Identity Management. */
export function sentSchedule(
  kind: 'roleAssignmentScheduleInstances' | 'roleEligibilityScheduleInstances',
  { scope, assignment }: ScopedAssignment,
  tenant: AzureTenant,
): object {
  const principal = principalOf(tenant, assignment.principal);
  const name = stableGuid(kind, scope, assignment.principal, assignment.role);
  const origin = stableGuid(
    'assignment',
    scope,
    assignment.principal,
    assignment.role,
  );
  const schedule = kind.replace('Instances', 's');
  return {
    properties: {
      [schedule.replace(
        /s$/,
        'Id',
      )]: `${scope}/providers/${PROVIDER}/${schedule}/${name}`,
      scope,
      roleDefinitionId: definitionId(
        subscriptionOf(scope),
        roleId(tenant, assignment.role),
      ),
      principalId: principal.id,
      principalType: principal.type,
      status: 'Provisioned',
      startDateTime: '2026-11-01T08:00:00Z',
      ...(assignment.until && { endDateTime: assignment.until }),
      memberType: 'Direct',
      createdOn: '2026-11-01T08:00:00Z',
      ...(kind === 'roleAssignmentScheduleInstances' && {
        assignmentType: 'Assigned',
        originRoleAssignmentId: `${scope}/providers/${PROVIDER}/roleAssignments/${origin}`,
      }),
    },
    name,
    id: `${scope}/providers/${PROVIDER}/${kind}/${name}`,
    type: `${PROVIDER}/${kind}`,
  };
}

/** What a role allows. */
export function sentRole(
  scope: string,
  role: ReturnType<typeof rolesOf>[number],
): object {
  return {
    properties: {
      roleName: role.name,
      type: role.type,
      description: '',
      assignableScopes: role.type === 'BuiltInRole' ? ['/'] : [scope],
      permissions: [
        {
          actions: role.actions,
          notActions: role.notActions,
          dataActions: role.dataActions,
          notDataActions: role.notDataActions,
        },
      ],
      createdOn: '2015-02-02T21:55:09.8806423Z',
      updatedOn: '2020-08-14T20:13:58.4137852Z',
      createdBy: null,
      updatedBy: null,
    },
    id: `${scope}/providers/${PROVIDER}/roleDefinitions/${role.id}`,
    type: `${PROVIDER}/roleDefinitions`,
    name: role.id,
  };
}
