import { Knex } from 'knex';
import { isPostgres } from './migrate';

/** Any number that no other user of the same database takes. */
const LOCK = 7_023_115;

/**
 * From here to the end of the transaction nobody else links pipelines and entities, or marks entities: two that did so
 * at once would wait for each other's rows, and neither would see the keys that the other is about to write, so that
 * a link between them were lost. Last in a transaction that writes pipelines, first in one that does not; what comes
 * after it is short.
 */
export async function lockEntities(tx: Knex): Promise<void> {
  // SQLite has one writer at a time anyway.
  if (isPostgres(tx)) await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
}
