import { stableGuid } from '../azure-devops/server/identifiers';
import {
  AzureAnswer,
  graphFailure,
  graphPage as paged,
  graphRefusal,
} from './answers';
import { groupId, groupsAbove, servicePrincipalId } from './directory';
import { answerGroup, GROUP_ROUTES } from './graphGroups';
import { AzureContext, AzureRequest } from './request';
import { AzureApplication, AzureTenant } from './state';

/** `appId in ('a','b')` and `appId eq 'a'`; anything else is not supported. */
function filtered(
  tenant: AzureTenant,
  filter: string | null,
): AzureApplication[] | undefined {
  if (filter === null) return tenant.applications;
  const wanted =
    /^appId in \(((?:'[^']*',?\s*)+)\)$/i.exec(filter)?.[1] ??
    /^appId eq ('[^']*')$/i.exec(filter)?.[1];
  if (!wanted) return undefined;
  const ids = [...wanted.matchAll(/'([^']*)'/g)].map(each =>
    each[1].toLowerCase(),
  );
  // More than fifteen are more than one query may name.
  if (ids.length > 15) return undefined;
  return tenant.applications.filter(({ appId }) =>
    ids.includes(appId.toLowerCase()),
  );
}

const keys = (application: AzureApplication) => ({
  passwordCredentials: application.passwords.map((each, index) => ({
    customKeyIdentifier: null,
    displayName: each.displayName,
    endDateTime: each.end,
    hint: 'q7~',
    keyId: stableGuid(`password ${application.appId} ${index}`),
    secretText: null,
    startDateTime: each.start,
  })),
  keyCredentials: application.certificates.map((each, index) => ({
    customKeyIdentifier: 'F0A1',
    displayName: each.displayName,
    endDateTime: each.end,
    key: null,
    keyId: stableGuid(`certificate ${application.appId} ${index}`),
    startDateTime: each.start,
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  })),
});

function selected(
  entry: Record<string, unknown>,
  select: string | null,
): object {
  if (!select) return entry;
  return Object.fromEntries(
    select.split(',').map(name => [name.trim(), entry[name.trim()] ?? null]),
  );
}

function answerDirectory(
  operation: string,
  match: RegExpExecArray,
  request: AzureRequest,
  context: AzureContext,
): AzureAnswer {
  const { tenant, now } = context;
  const { query } = request;
  const unsupported = graphFailure(
    400,
    'Request_UnsupportedQuery',
    'Unsupported or invalid query filter clause specified.',
    now,
  );
  const missing = graphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${match[1]}' does not exist or one of its queried reference-property objects are not present.`,
    now,
  );
  switch (operation) {
    case 'graph.applications': {
      const found = filtered(tenant, query.get('$filter'));
      return found
        ? paged(
            'applications',
            found.map(each =>
              selected(
                {
                  id: stableGuid(`application ${each.appId}`),
                  appId: each.appId,
                  displayName: each.name,
                  ...keys(each),
                },
                query.get('$select'),
              ),
            ),
            request,
            context,
          )
        : unsupported;
    }
    case 'graph.servicePrincipals': {
      const found = filtered(tenant, query.get('$filter'));
      return found
        ? paged(
            'servicePrincipals',
            found.map(each =>
              selected(
                {
                  id: servicePrincipalId(each),
                  appId: each.appId,
                  displayName: each.name,
                  servicePrincipalType: 'Application',
                  passwordCredentials: [],
                  keyCredentials: [],
                },
                query.get('$select'),
              ),
            ),
            request,
            context,
          )
        : unsupported;
    }
    case 'graph.federatedIdentityCredentials': {
      const found = tenant.applications.find(
        ({ appId }) => appId.toLowerCase() === match[1].toLowerCase(),
      );
      return found
        ? paged(
            'federatedIdentityCredentials',
            found.federatedSubjects.map((each, index) => ({
              id: stableGuid(`federated ${found.appId} ${index}`),
              name: `federated-${index + 1}`,
              issuer: each.issuer,
              subject: each.subject,
              description: null,
              audiences: ['api://AzureADTokenExchange'],
            })),
            request,
            context,
          )
        : missing;
    }
    default: {
      const found = tenant.applications.find(
        each => servicePrincipalId(each) === match[1],
      );
      return found
        ? paged(
            'directoryObjects',
            groupsAbove(tenant, found.name)
              // Without a permission on groups, only what kind of object it is and its id are told.
              .map(({ name }) => ({
                '@odata.type': '#microsoft.graph.group',
                id: groupId(name),
                displayName: null,
              })),
            request,
            context,
          )
        : missing;
    }
  }
}

type Answering = typeof answerDirectory;

const DIRECTORY_ROUTES: Array<[operation: string, path: RegExp]> = [
  ['graph.applications', /^\/v1\.0\/applications$/],
  ['graph.servicePrincipals', /^\/v1\.0\/servicePrincipals$/],
  [
    'graph.federatedIdentityCredentials',
    /^\/v1\.0\/applications\(appId='([^']+)'\)\/federatedIdentityCredentials$/,
  ],
  [
    'graph.transitiveMemberOf',
    /^\/v1\.0\/servicePrincipals\/([^/]+)\/transitiveMemberOf$/,
  ],
];

const ROUTES: Array<{
  operation: string;
  path: RegExp;
  permission: string;
  answer: Answering;
}> = [
  ...DIRECTORY_ROUTES.map(([operation, path]) => ({
    operation,
    path,
    permission: 'Application.Read.All',
    answer: answerDirectory,
  })),
  ...GROUP_ROUTES.map(route => ({ ...route, answer: answerGroup })),
];

/** Microsoft Graph, as far as it tells of applications, their credentials, and of groups and who is in them for how long. */
export function answerGraph(
  request: AzureRequest,
  context: AzureContext,
): { operation: string; answer: AzureAnswer } {
  const { tenant, mint, base, now } = context;
  const path = decodeURIComponent(request.path);
  for (const { operation, path: pattern, permission, answer } of ROUTES) {
    const match = pattern.exec(path);
    if (!match || request.method !== 'GET') continue;
    const holder = mint.holder(request.authorization, base, now);
    const client = tenant.clients.find(({ clientId }) => clientId === holder);
    if (!client) {
      return {
        operation,
        answer: graphFailure(
          401,
          'InvalidAuthenticationToken',
          'Access token validation failure. Invalid audience.',
          now,
        ),
      };
    }
    return {
      operation,
      answer: client.graphPermissions.includes(permission)
        ? answer(operation, match, request, context)
        : graphRefusal(operation, permission, now),
    };
  }
  return {
    operation: 'unknown',
    answer: graphFailure(
      400,
      'BadRequest',
      `Resource not found for the segment '${path.split('/')[2]}'.`,
      now,
    ),
  };
}
