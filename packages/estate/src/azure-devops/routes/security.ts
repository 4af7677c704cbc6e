import { failure, listOf } from '../server/answers';
import { accessControlTable, effective } from '../server/accessControl';
import { allIdentities, identityOf } from '../server/identities';
import { connectionId, projectId } from '../server/lookup';
import { SECURITY_NAMESPACES, SecurityNamespace } from '../server/namespaces';
import { Route, RouteRequest } from '../server/request';
import { RoleHolder } from '../state';

function sentNamespace(namespace: SecurityNamespace): object {
  return {
    namespaceId: namespace.namespaceId,
    name: namespace.name,
    displayName: namespace.displayName,
    separatorValue: '/',
    elementLength: -1,
    writePermission: namespace.writePermission,
    readPermission: namespace.readPermission,
    dataspaceCategory: namespace.dataspaceCategory,
    actions: namespace.actions.map((name, position) => ({
      bit: 2 ** position,
      name,
      displayName: name,
      namespaceId: namespace.namespaceId,
    })),
    structureValue: 1,
    extensionType: null,
    isRemotable: true,
    useTokenTranslator: false,
    systemBitMask: 0,
  };
}

function accessControlLists({ state, params, query }: RouteRequest) {
  const namespace = SECURITY_NAMESPACES.find(
    each => each.namespaceId === params.securityNamespaceId.toLowerCase(),
  );
  if (!namespace) {
    return failure(
      404,
      'InvalidSecurityNamespaceException',
      `The security namespace ${params.securityNamespaceId} does not exist.`,
    );
  }
  const table = accessControlTable(state, namespace);
  const wanted = query.get('token');
  const recurse = query.get('recurse') === 'true';
  const extended = query.get('includeExtendedInfo') === 'true';
  const lists = [...table]
    .filter(
      ([token]) =>
        !wanted ||
        token === wanted ||
        (recurse && token.startsWith(`${wanted}/`)),
    )
    .map(([token, entries]) => ({
      inheritPermissions: true,
      token,
      acesDictionary: Object.fromEntries(
        [...entries].map(([descriptor, { allow, deny }]) => {
          const all = effective(table, token, descriptor);
          return [
            descriptor,
            {
              descriptor,
              allow,
              deny,
              ...(extended && {
                // A part that is zero is left out.
                extendedInfo: {
                  ...(all.allow && { effectiveAllow: all.allow }),
                  ...(all.deny && { effectiveDeny: all.deny }),
                },
              }),
            },
          ];
        }),
      ),
      includeExtendedInfo: extended,
    }));
  return listOf(lists);
}

const ROLE_SCOPES: Record<
  string,
  (request: RouteRequest, resource: string) => RoleHolder[] | undefined
> = {
  'distributedtask.serviceendpointrole': ({ state }, resource) => {
    for (const project of state.projects) {
      for (const each of project.serviceConnections) {
        if (
          `${projectId(project)}_${connectionId(project, each.name)}` ===
          resource
        )
          return each.roles;
      }
    }
    return undefined;
  },
  'distributedtask.environmentreferencerole': ({ state }, resource) => {
    for (const project of state.projects) {
      for (const each of project.environments) {
        if (`${projectId(project)}_${each.id}` === resource) return each.roles;
      }
    }
    return undefined;
  },
  'distributedtask.variablegroup': ({ state }, resource) => {
    for (const project of state.projects) {
      for (const each of project.variableGroups) {
        if (`${projectId(project)}$${each.id}` === resource) return each.roles;
      }
    }
    return undefined;
  },
};

function sentAssignment(
  scope: string,
  { identity, role, access }: RoleHolder,
): object {
  const { id, displayName, uniqueName, kind } = identityOf(identity);
  return {
    identity: {
      displayName,
      id,
      uniqueName,
      ...(kind !== 'user' && { isContainer: true }),
    },
    role: {
      displayName: role,
      name: role,
      allowPermissions: { Reader: 1, User: 17, Creator: 20, Administrator: 19 }[
        role
      ],
      denyPermissions: 0,
      identifier: `${scope}.${role}`,
      description: '',
      scope,
    },
    access,
    accessDisplayName: access === 'assigned' ? 'Assigned' : 'Inherited',
  };
}

export const securityRoutes: Route[] = [
  {
    host: 'core',
    operation: 'security.namespaces.list',
    method: 'GET',
    path: '_apis/securitynamespaces',
    handle: () => listOf(SECURITY_NAMESPACES.map(sentNamespace)),
  },
  {
    host: 'core',
    operation: 'security.accesscontrollists.list',
    method: 'GET',
    path: '_apis/accesscontrollists/{securityNamespaceId}',
    handle: accessControlLists,
  },
  {
    host: 'core',
    operation: 'securityroles.roleassignments.list',
    method: 'GET',
    path: '_apis/securityroles/scopes/{scopeId}/roleassignments/resources/{resourceId}',
    preview: true,
    handle: request => {
      const { scopeId, resourceId } = request.params;
      const holders = ROLE_SCOPES[scopeId.toLowerCase()]?.(request, resourceId);
      return holders
        ? listOf(holders.map(each => sentAssignment(scopeId, each)))
        : failure(
            404,
            'ResourceNotFoundException',
            `${resourceId} was not found in ${scopeId}.`,
          );
    },
  },
  {
    host: 'graph',
    operation: 'identities.read',
    method: 'GET',
    path: '_apis/identities',
    handle: ({ state, query }) => {
      const wanted = new Set((query.get('descriptors') ?? '').split(','));
      const value = query.get('filterValue')?.toLowerCase();
      // "General" looks at the display name, the account name and the unique name.
      const general =
        query.get('searchFilter')?.toLowerCase() === 'general'
          ? value
          : undefined;
      return listOf(
        allIdentities(state)
          .filter(each =>
            general === undefined
              ? wanted.has(each.descriptor)
              : [
                  each.displayName,
                  each.displayName.split('\\').at(-1),
                  each.uniqueName,
                ].some(name => name?.toLowerCase() === general),
          )
          .map(each => ({
            id: each.id,
            descriptor: each.descriptor,
            subjectDescriptor: each.subjectDescriptor,
            providerDisplayName: each.displayName,
            isActive: true,
            ...(each.kind !== 'user' &&
              each.kind !== 'service' && { isContainer: true }),
            members: [],
            memberOf: [],
            memberIds: [],
            properties: {
              SchemaClassName: {
                $type: 'System.String',
                $value:
                  each.kind === 'user' || each.kind === 'service'
                    ? 'User'
                    : 'Group',
              },
            },
            resourceVersion: 2,
            metaTypeId: 255,
          })),
      );
    },
  },
];
