import { AZURE_OPERATIONS, AzureOperation } from './client/azure/operations';
import { Operation, OPERATIONS } from './client/operations';
import { callName } from './client/refusals';

interface Row {
  tokenScope: string;
  scope: string;
  userPermissions: Set<string>;
  calls: Set<string>;
  without: Set<string>;
}

/** Asked for only when the operator switches it on. */
const OPTIONAL = new Set(['preview']);

/** The calls that a run makes by default. */
export function defaultOperations(): Operation[] {
  return Object.entries(OPERATIONS)
    .filter(([name]) => !OPTIONAL.has(name))
    .map(([, operation]) => operation);
}

/**
 * The table of scopes in the documentation, made from what the calls declare,
 * so that it cannot promise less than a run asks for.
 */
export function permissionsTable(): string {
  const rows = new Map<string, Row>();
  for (const operation of defaultOperations()) {
    const { tokenScope, scope, userPermission, without } = operation;
    const row = rows.get(tokenScope) ?? {
      tokenScope,
      scope,
      userPermissions: new Set(),
      calls: new Set(),
      without: new Set(),
    };
    if (userPermission !== 'none') row.userPermissions.add(userPermission);
    row.calls.add(callName(operation));
    row.without.add(without);
    rows.set(tokenScope, row);
  }
  const lines = [...rows.values()]
    .sort((a, b) => a.tokenScope.localeCompare(b.tokenScope, 'en'))
    .map(
      ({ tokenScope, scope, userPermissions, calls, without }) =>
        `| ${tokenScope} | \`${scope}\` | ${[...userPermissions].join(
          '; ',
        )} | ${[...calls].map(each => `\`${each}\``).join('<br>')} | ${[
          ...without,
        ].join(' ')} |`,
    );
  return [
    '| Token scope | OAuth scope | What the identity needs | Calls | Unknown without it |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/** The same for Azure Resource Manager and Microsoft Graph, where they are connected. */
export function azurePermissionsTable(): string {
  const rows = new Map<string, AzureOperation[]>();
  for (const operation of Object.values(AZURE_OPERATIONS) as AzureOperation[]) {
    const { permission } = operation;
    rows.set(permission, [...(rows.get(permission) ?? []), operation]);
  }
  return [
    '| What the reader needs | Calls | Unknown without it |',
    '| --- | --- | --- |',
    ...[...rows].map(
      ([permission, operations]) =>
        `| ${permission} | ${operations
          .map(({ call }) => `\`${call}\``)
          .join('<br>')} | ${operations
          .map(({ without }) => without)
          .join(' ')} |`,
    ),
  ].join('\n');
}
