import { stableGuid } from '../azure-devops/server/identifiers';
import { AzureAnswer, graphFailure, graphPage } from './answers';
import { groupId, membersNow, principalOf } from './directory';
import { AzureContext, AzureRequest } from './request';
import { AzureGroup, AzureTenant } from './state';

const HOUR_MS = 3_600_000;
const PIM = '/v1.0/identityGovernance/privilegedAccess/group';

/** Operations on groups, and the least permission for each. */
export const GROUP_ROUTES = [
  {
    operation: 'graph.groups',
    path: /^\/v1\.0\/groups$/,
    permission: 'GroupMember.Read.All',
  },
  {
    operation: 'graph.members',
    path: /^\/v1\.0\/groups\/([^/]+)\/members$/,
    permission: 'GroupMember.Read.All',
  },
  {
    operation: 'graph.memberApplications',
    path: /^\/v1\.0\/groups\/([^/]+)\/members\/microsoft\.graph\.servicePrincipal$/,
    permission: 'GroupMember.Read.All',
  },
  {
    operation: 'graph.pim.assignmentScheduleInstances',
    path: new RegExp(`^${PIM}/assignmentScheduleInstances$`),
    permission: 'PrivilegedAssignmentSchedule.Read.AzureADGroup',
  },
  {
    operation: 'graph.pim.eligibilityScheduleInstances',
    path: new RegExp(`^${PIM}/eligibilityScheduleInstances$`),
    permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  },
];

/** Without a permission on users and groups, only what kind of object it is and its id are told. */
function sentMember(tenant: AzureTenant, name: string) {
  const { id, type } = principalOf(tenant, name);
  const kind = type[0].toLowerCase() + type.slice(1);
  return { '@odata.type': `#microsoft.graph.${kind}`, id };
}

/** What Privileged Identity Management writes down of one membership. */
function sentInstance(
  tenant: AzureTenant,
  { name }: AzureGroup,
  principal: string,
  times: { start: string | null; end: string | null },
) {
  const id = groupId(name);
  return {
    id: `${id}_member_${stableGuid('instance', name, principal)}`,
    principalId: principalOf(tenant, principal).id,
    startDateTime: times.start,
    endDateTime: times.end,
    accessId: 'member',
    groupId: id,
    memberType: 'Direct',
  };
}

function assignmentsIn(tenant: AzureTenant, group: AzureGroup, now: Date) {
  const { members, activated, assigned, eligible, name } = group;
  const isManaged = [activated, assigned, eligible].some(
    each => each.length > 0,
  );
  const at = (hours: number) =>
    new Date(now.getTime() + hours * HOUR_MS).toISOString();
  const sent = (
    principal: string,
    assignmentType: 'Assigned' | 'Activated',
    times: Parameters<typeof sentInstance>[3],
  ) => ({
    ...sentInstance(tenant, group, principal, times),
    assignmentType,
    assignmentScheduleId: `${groupId(name)}_member_${stableGuid(
      'schedule',
      name,
      principal,
    )}`,
  });
  return [
    ...(isManaged ? members : []).map(each =>
      sent(each, 'Assigned', { start: null, end: null }),
    ),
    ...assigned.map(({ principal, until }) =>
      sent(principal, 'Assigned', { start: at(-1), end: until }),
    ),
    ...activated.map(each =>
      sent(each, 'Activated', { start: at(-1), end: at(7) }),
    ),
  ];
}

function answerSchedules(
  operation: string,
  request: AzureRequest,
  context: AzureContext,
): AzureAnswer {
  const { tenant, now } = context;
  if (!tenant.hasPimLicence) {
    return graphFailure(
      400,
      'UnknownError',
      JSON.stringify({
        errorCode: 'AadPremiumLicenseRequired',
        message:
          'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
        instanceAnnotations: [],
      }),
      now,
    );
  }
  const wanted = /^groupId eq '([^']+)'$/i.exec(
    request.query.get('$filter') ?? '',
  )?.[1];
  if (!wanted) {
    return graphFailure(
      400,
      'MissingParameter',
      'The filter must name a principalId or a groupId.',
      now,
    );
  }
  const group = tenant.groups.find(({ name }) => groupId(name) === wanted);
  if (!group) {
    return graphFailure(
      404,
      'ResourceNotFound',
      'The resource is not found.',
      now,
    );
  }
  const kind = operation.slice('graph.pim.'.length);
  const entries =
    kind === 'assignmentScheduleInstances'
      ? assignmentsIn(tenant, group, now)
      : group.eligible.map(each =>
          sentInstance(tenant, group, each, {
            start: '2026-01-12T08:00:00Z',
            end: null,
          }),
        );
  return graphPage(
    `identityGovernance/privilegedAccess/group/${kind}`,
    entries,
    request,
    context,
  );
}

/** Groups by their id; no other filter is supported. */
function answerGroups(
  request: AzureRequest,
  context: AzureContext,
): AzureAnswer {
  const { tenant, now } = context;
  const wanted = /^id eq '([^']+)'$/i.exec(
    request.query.get('$filter') ?? '',
  )?.[1];
  if (!wanted) {
    return graphFailure(
      400,
      'Request_UnsupportedQuery',
      'Unsupported or invalid query filter clause specified.',
      now,
    );
  }
  return graphPage(
    'groups(id,visibility)',
    tenant.groups
      .filter(({ name }) => groupId(name) === wanted)
      .map(({ name, hidesMembers }) => ({
        id: groupId(name),
        visibility: hidesMembers ? 'HiddenMembership' : null,
      })),
    request,
    context,
  );
}

/** Who is in a group of the directory, and for how long. */
export function answerGroup(
  operation: string,
  match: RegExpExecArray,
  request: AzureRequest,
  context: AzureContext,
): AzureAnswer {
  if (operation.startsWith('graph.pim.'))
    return answerSchedules(operation, request, context);
  if (operation === 'graph.groups') return answerGroups(request, context);
  const { tenant, now } = context;
  const group = tenant.groups.find(({ name }) => groupId(name) === match[1]);
  if (!group) {
    return graphFailure(
      404,
      'Request_ResourceNotFound',
      `Resource '${match[1]}' does not exist or one of its queried reference-property objects are not present.`,
      now,
    );
  }
  // As if nobody were in it, not as a refusal.
  const told = group.hidesMembers ? [] : membersNow(group);
  const all = told.map(each => sentMember(tenant, each));
  // Version 1.0 leaves applications out of the members; only the cast tells of them.
  const isApplication = (each: { '@odata.type': string }) =>
    each['@odata.type'].endsWith('.servicePrincipal');
  return operation === 'graph.memberApplications'
    ? graphPage(
        'servicePrincipals(id)',
        all.filter(isApplication).map(({ id }) => ({ id })),
        request,
        context,
      )
    : graphPage(
        'directoryObjects(id)',
        all.filter(each => !isApplication(each)),
        request,
        context,
      );
}
