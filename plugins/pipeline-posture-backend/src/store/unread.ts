import { Knex } from 'knex';
import { dayOf } from '../history/days';
import { chunked } from './keys';
import { PipelineRow } from './pipelineRows';
import { touchScopes } from './scopeLocks';
import { transact } from './transact';
import { archivePipeline } from './versions';

/** Marks pipelines that should have been read and were not. @returns their ids */
export async function markStale(
  tx: Knex,
  scopeKey: string,
  seen: ReadonlySet<string>,
  now: Date,
): Promise<string[]> {
  const rows = await tx<PipelineRow>('pipelines')
    .where({ scope_key: scopeKey })
    .whereNull('gone_at')
    .whereNull('stale_since')
    .select('id');
  const ids = rows.map(row => row.id).filter(id => !seen.has(id));
  for (const chunk of chunked(ids)) {
    await tx('pipelines')
      .whereIn('id', chunk)
      .update({ stale_since: now.toISOString() });
  }
  return ids;
}

/**
 * What has not been read since a time is stale since it was read last, whatever kept it from being read:
 * a source that was taken out of the configuration, a run that never comes to its end. @returns how many
 */
export async function markUnread(knex: Knex, before: Date): Promise<number> {
  const unread = () =>
    knex('pipelines')
      .whereNull('gone_at')
      .whereNull('stale_since')
      .where('collected_at', '<', before.toISOString());
  const scopeKeys: string[] = await unread().distinct().pluck('scope_key');
  let marked = 0;
  for (const scope_key of scopeKeys) {
    marked += await transact(knex, async tx => {
      await touchScopes(tx, [scope_key]);
      return unread()
        .transacting(tx)
        .where({ scope_key })
        .update({ stale_since: knex.ref('collected_at') });
    });
  }
  return marked;
}

/** Removes what has been gone for long; how it was stays until the history's end. */
export async function removeGone(knex: Knex, before: Date): Promise<number> {
  let removed = 0;
  for (;;) {
    const gone = (db: Knex) =>
      db<PipelineRow>('pipelines').where('gone_at', '<', before.toISOString());
    const found = await gone(knex)
      .orderBy('id')
      .limit(100)
      .select('id', 'scope_key');
    if (found.length === 0) return removed;
    removed += await transact(knex, async tx => {
      await touchScopes(
        tx,
        found.map(row => row.scope_key),
      );
      // One that came back meanwhile stays.
      const rows = await gone(tx).whereIn(
        'id',
        found.map(row => row.id),
      );
      for (const row of rows) await archivePipeline(tx, row, dayOf(before));
      const ids = rows.map(row => row.id);
      await tx('pipelines').whereIn('id', ids).delete();
      return ids.length;
    });
  }
}
