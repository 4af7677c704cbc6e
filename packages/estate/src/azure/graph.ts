import { stableGuid } from '../azure-devops/server/identifiers';
import { AzureAnswer, graphFailure } from './answers';
import { groupId, servicePrincipalId } from './directory';
import { AzureContext, AzureRequest, cut } from './request';
import { AzureApplication, AzureTenant } from './state';

function paged(
  entity: string,
  entries: object[],
  { path, query }: AzureRequest,
  { base, pageSize }: AzureContext,
): AzureAnswer {
  const { page, next } = cut(entries, query.get('$skiptoken'), pageSize);
  const rest = new URLSearchParams(query);
  if (next) rest.set('$skiptoken', next);
  return {
    status: 200,
    body: {
      '@odata.context': `${base}/v1.0/$metadata#${entity}`,
      ...(next && { '@odata.nextLink': `${base}${path}?${rest}` }),
      value: page,
    },
  };
}

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
            tenant.groups
              .filter(({ members }) => members.includes(found.name))
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

const ROUTES: Array<[operation: string, path: RegExp]> = [
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

/** Microsoft Graph, as far as it tells of applications, their credentials and their groups. */
export function answerGraph(
  request: AzureRequest,
  context: AzureContext,
): { operation: string; answer: AzureAnswer } {
  const { tenant, mint, base, now } = context;
  const path = decodeURIComponent(request.path);
  for (const [operation, pattern] of ROUTES) {
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
    if (!client.graphPermissions.includes('Application.Read.All')) {
      return {
        operation,
        answer: graphFailure(
          403,
          'Authorization_RequestDenied',
          'Insufficient privileges to complete the operation.',
          now,
        ),
      };
    }
    return {
      operation,
      answer: answerDirectory(operation, match, request, context),
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
