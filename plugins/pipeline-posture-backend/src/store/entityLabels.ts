import { Knex } from 'knex';
import {
  COMPLIANCES,
  EntityLabels,
  GRADES,
  LabelChanges,
} from 'backstage-plugin-pipeline-posture-common';
import { EntityRow } from './entityRows';

const LABEL_PAGE = 5000;

/** Labels that changed since a cursor; all of them if there is none. */
export async function labelsSince(
  knex: Knex,
  cursor: string | undefined,
): Promise<LabelChanges> {
  const since =
    cursor !== undefined && /^\d{1,15}$/.test(cursor)
      ? Number(cursor)
      : undefined;
  const [{ value }] = await knex('counters').where({ name: 'labels' });
  // A cursor of another database would hide everything that this one has.
  const usable = since !== undefined && since <= value;
  const rows = await knex<EntityRow>('entities')
    .where('label_seq', '>', usable ? since : 0)
    .orderBy('label_seq')
    .limit(LABEL_PAGE);
  const last = rows.at(-1)?.label_seq;
  return {
    items: rows.map(
      (row): EntityLabels => ({
        entityRef: row.entity_ref,
        ...(row.compliance !== null &&
          row.grade !== null &&
          !row.gone && {
            compliance: COMPLIANCES[row.compliance],
            grade: GRADES[row.grade],
          }),
      }),
    ),
    cursor: String(last ?? (usable ? since : value)),
    complete: !usable,
    more: rows.length === LABEL_PAGE,
  };
}
