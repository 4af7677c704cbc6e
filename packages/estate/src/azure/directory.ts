import { stableGuid } from '../azure-devops/server/identifiers';
import { BUILT_IN_ROLES } from './builtInRoles';
import {
  AzureApplication,
  AzureGroup,
  AzureRoleAssignment,
  AzureTenant,
} from './state';

/** Object id of an application's service principal. */
export const servicePrincipalId = (application: AzureApplication) =>
  stableGuid(`service principal ${application.appId}`);

export const groupId = (name: string) => stableGuid(`group ${name}`);

/** Who a role assignment is for, by display name. */
export function principalOf(
  tenant: AzureTenant,
  name: string,
): { id: string; type: 'ServicePrincipal' | 'Group' | 'User' } {
  const application = tenant.applications.find(each => each.name === name);
  if (application)
    return { id: servicePrincipalId(application), type: 'ServicePrincipal' };
  return tenant.groups.some(each => each.name === name)
    ? { id: groupId(name), type: 'Group' }
    : { id: stableGuid(`user ${name}`), type: 'User' };
}

/** Everybody who is in a group now, by display name. */
export const membersNow = ({ members, activated, assigned }: AzureGroup) => [
  ...members,
  ...activated,
  ...assigned.map(({ principal }) => principal),
];

/** Every group that somebody is in, directly or through others. */
export function groupsAbove(tenant: AzureTenant, name: string): AzureGroup[] {
  const found = new Set<AzureGroup>();
  const add = (member: string) => {
    for (const each of tenant.groups) {
      if (found.has(each) || !membersNow(each).includes(member)) continue;
      found.add(each);
      add(each.name);
    }
  };
  add(name);
  return [...found];
}

/** Every role that can be assigned, with its id. */
export const rolesOf = (tenant: AzureTenant) => [
  ...BUILT_IN_ROLES.map(role => ({ ...role, type: 'BuiltInRole' })),
  ...tenant.customRoles.map(role => ({
    ...role,
    id: stableGuid(`role ${role.name}`),
    type: 'CustomRole',
  })),
];

/** A role assignment with the scope that it stands on. */
export interface ScopedAssignment {
  scope: string;
  assignment: AzureRoleAssignment;
}

export const managementGroupScope = (id: string) =>
  `/providers/Microsoft.Management/managementGroups/${id}`;

/** Assignments on a subscription or management group, and on everything above and below it. */
export function assignmentsFor(
  tenant: AzureTenant,
  scope: string,
): ScopedAssignment[] | undefined {
  const groups = new Map(
    tenant.managementGroups.map(each => [each.id.toLowerCase(), each]),
  );
  const ofGroup = (id: string): ScopedAssignment[] =>
    (groups.get(id.toLowerCase())?.roleAssignments ?? []).map(assignment => ({
      scope: managementGroupScope(id),
      assignment,
    }));
  const subscription = tenant.subscriptions.find(
    ({ id }) => `/subscriptions/${id}`.toLowerCase() === scope.toLowerCase(),
  );
  if (subscription) {
    return [
      ...subscription.managementGroups.flatMap(ofGroup),
      ...subscription.roleAssignments.map(assignment => ({
        scope: [`/subscriptions/${subscription.id}`, assignment.below]
          .filter(Boolean)
          .join('/'),
        assignment,
      })),
    ];
  }
  const group = /\/managementGroups\/([^/]+)$/i.exec(scope)?.[1];
  return group && groups.has(group.toLowerCase()) ? ofGroup(group) : undefined;
}
