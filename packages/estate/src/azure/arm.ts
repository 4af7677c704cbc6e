import { stableGuid } from '../azure-devops/server/identifiers';
import { armFailure, AzureAnswer } from './answers';
import {
  assignmentsFor,
  principalOf,
  rolesOf,
  ScopedAssignment,
} from './directory';
import { AzureContext, AzureRequest, cut } from './request';
import { AzureClient, AzureTenant } from './state';

const PROVIDER = 'Microsoft.Authorization';

function paged(
  entries: object[],
  { path, query }: AzureRequest,
  { base, pageSize }: AzureContext,
): AzureAnswer {
  const { page, next } = cut(entries, query.get('$skipToken'), pageSize);
  const rest = new URLSearchParams(query);
  if (next) rest.set('$skipToken', next);
  return {
    status: 200,
    body: { value: page, ...(next && { nextLink: `${base}${path}?${rest}` }) },
  };
}

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

function sentAssignment(
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

function sentSchedule(
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

function sentRole(
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

function answerAuthorization(
  kind: string,
  scope: string,
  request: AzureRequest,
  context: AzureContext,
): AzureAnswer {
  const { tenant } = context;
  const all = assignmentsFor(tenant, scope);
  if (!all) {
    return armFailure(
      404,
      'SubscriptionNotFound',
      `The subscription '${scope.split('/').at(-1)}' could not be found.`,
    );
  }
  const lasting = all.filter(({ assignment }) => !assignment.eligible);
  switch (kind) {
    case 'roleAssignments': {
      const atScope = /^atScope\(\)$/i.test(request.query.get('$filter') ?? '');
      const wanted = lasting.filter(
        each =>
          !atScope ||
          !each.scope.toLowerCase().startsWith(`${scope.toLowerCase()}/`),
      );
      return paged(
        wanted.map(each => sentAssignment(each, tenant)),
        request,
        context,
      );
    }
    case 'roleDefinitions':
      return paged(
        rolesOf(tenant).map(each => sentRole(scope, each)),
        request,
        context,
      );
    case 'roleAssignmentScheduleInstances':
    case 'roleEligibilityScheduleInstances':
      if (!tenant.hasPimLicence) {
        return armFailure(
          400,
          'AadPremiumLicenseRequired',
          'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
        );
      }
      return paged(
        (kind === 'roleAssignmentScheduleInstances'
          ? lasting
          : all.filter(({ assignment }) => assignment.eligible)
        ).map(each => sentSchedule(kind, each, tenant)),
        request,
        context,
      );
    default:
      return armFailure(
        404,
        'InvalidResourceType',
        `The resource type '${kind}' could not be found.`,
      );
  }
}

function refusal(
  client: AzureClient,
  scope: string,
  kind: string,
): AzureAnswer | undefined {
  const id = /^\/subscriptions\/([^/]+)$/i.exec(scope)?.[1];
  if (!id || !client.refusedSubscriptions.includes(id)) return undefined;
  return armFailure(
    403,
    'AuthorizationFailed',
    `The client '${client.clientId}' with object id '${stableGuid(
      client.clientId,
    )}' does not have authorization to perform action '${PROVIDER}/${kind}/read' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  );
}

/** Azure Resource Manager, as far as it tells of subscriptions and of who has which role in them. */
export function answerArm(
  request: AzureRequest,
  context: AzureContext,
): { operation: string; answer: AzureAnswer } {
  const { path, method, query, authorization } = request;
  const { tenant, mint, base, now } = context;
  const match = new RegExp(
    `^(/subscriptions/[^/]+|/providers/Microsoft\\.Management/managementGroups/[^/]+)/providers/${PROVIDER}/(\\w+)$`,
    'i',
  ).exec(path);
  const operation = match ? `arm.${match[2]}` : 'arm.subscriptions';
  const holder = mint.holder(authorization, base, now);
  const client = tenant.clients.find(({ clientId }) => clientId === holder);
  if (!client) {
    return {
      operation,
      answer: {
        ...armFailure(
          401,
          'InvalidAuthenticationToken',
          'The access token is invalid.',
        ),
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      },
    };
  }
  if (method !== 'GET') {
    return {
      operation,
      answer: armFailure(
        405,
        'MethodNotAllowed',
        'Only reading is allowed here.',
      ),
    };
  }
  if (!query.has('api-version')) {
    return {
      operation,
      answer: armFailure(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      ),
    };
  }
  if (match) {
    return {
      operation,
      answer:
        refusal(client, match[1], match[2]) ??
        answerAuthorization(match[2], match[1], request, context),
    };
  }
  if (path === '/subscriptions') {
    const all = tenant.subscriptions.map(({ id, name }) => ({
      id: `/subscriptions/${id}`,
      authorizationSource: 'RoleBased',
      managedByTenants: [],
      subscriptionId: id,
      tenantId: tenant.tenantId,
      displayName: name,
      state: 'Enabled',
      subscriptionPolicies: {
        locationPlacementId: 'Public_2014-09-01',
        quotaId: 'EnterpriseAgreement_2014-09-01',
        spendingLimit: 'Off',
      },
    }));
    return { operation, answer: paged(all, request, context) };
  }
  return {
    operation: 'unknown',
    answer: armFailure(404, 'NotFound', 'No such resource.'),
  };
}
