import { stableGuid } from '../azure-devops/server/identifiers';
import { armFailure, AzureAnswer } from './answers';
import {
  PROVIDER,
  sentAssignment,
  sentRole,
  sentSchedule,
} from './armEntities';
import { assignmentsFor, rolesOf } from './directory';
import { AzureContext, AzureRequest, cut } from './request';
import { AzureClient } from './state';

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
