import { COLLECTION_PLAN, PlannedOperation } from '../client/plan';

/** The permissions of the collection plan as a table for the documentation. */
export function permissionTable(): string {
  const rows = Object.entries(COLLECTION_PLAN)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([operation, planned]: [string, PlannedOperation]) =>
      planned.permissions.length === 0
        ? []
        : [
            [
              planned.permissions
                .map(permission => `\`${permission}\``)
                .join('<br>'),
              `\`${operation}\``,
              planned.account === 'management'
                ? `${planned.often} (management account)`
                : planned.often,
              planned.without,
            ],
          ],
    );
  const head = ['Permission', 'Call', 'How often', 'Without it'];
  return [head, head.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}
