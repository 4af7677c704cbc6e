import { Knex } from 'knex';
import { isPostgres } from '../store/migrate';
import { dayOf } from './days';

const BATCH = 1000;

/** Removes rows of a table some at a time, so that nobody waits behind one large deletion. */
async function removeWhere(
  knex: Knex,
  table: string,
  column: string,
  operator: '<' | '<=',
  value: string,
  signal: AbortSignal,
): Promise<number> {
  // Both databases name a row by its place, whatever its key is.
  const place = isPostgres(knex) ? 'ctid' : 'rowid';
  let removed = 0;
  while (!signal.aborted) {
    const some = knex(table)
      .where(column, operator, value)
      .limit(BATCH)
      .select(place);
    const n = await knex(table).whereIn(place, some).delete();
    removed += n;
    if (n < BATCH) break;
  }
  return removed;
}

/** Removes history that is older than the retention. @returns how many rows */
export async function removeHistoryBefore(
  knex: Knex,
  time: Date,
  signal: AbortSignal,
): Promise<number> {
  const day = dayOf(time);
  let removed = 0;
  const from = async (
    table: string,
    column: string,
    operator: '<' | '<=',
    value: string,
  ) => {
    removed += await removeWhere(knex, table, column, operator, value, signal);
  };
  await from('changes', 'at', '<', time.toISOString());
  await from('posture_daily', 'last_day', '<', day);
  await from('group_daily', 'day', '<', day);
  // In force until before that day: the days that may still be asked for do not need it.
  for (const table of [
    'pipeline_versions',
    'finding_versions',
    'entity_versions',
    'entity_pipeline_versions',
    'org_versions',
  ])
    await from(table, 'until_day', '<=', day);
  return removed;
}
