import { Knex } from 'knex';
import { chunked } from './keys';

/** Says to all replicas that pipelines of these scopes changed. First in a transaction, and in one order, so that none waits for another. */
export async function touchScopes(
  tx: Knex,
  scopeKeys: readonly string[],
): Promise<void> {
  for (const key of [...new Set(scopeKeys)].sort())
    await tx('scopes').where({ key }).increment('content_seq', 1);
}

/** What is tolerated of these pipelines changes in the same transaction: should nobody judge them again after it, upkeep does. */
export async function judgeAgain(
  tx: Knex.Transaction,
  ids: readonly string[],
): Promise<void> {
  const scopes = new Set<string>();
  for (const chunk of chunked(ids)) {
    const keys = tx('pipelines').whereIn('id', chunk).distinct();
    for (const key of await keys.pluck('scope_key')) scopes.add(key);
  }
  await touchScopes(tx, [...scopes]);
  for (const chunk of chunked(ids))
    await tx('pipelines').whereIn('id', chunk).update({ rejudge: true });
}
