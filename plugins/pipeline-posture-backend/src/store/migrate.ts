import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** Any number that no other user of the same database takes. */
const LOCK = 7_023_114;

/** Whether a connection speaks to PostgreSQL; otherwise it is SQLite. */
export const isPostgres = (knex: Knex) => knex.client.config.client === 'pg';

/**
 * Brings the schema up to date. Replicas that start at once wait for each other.
 */
export async function migrate(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (database.migrations?.skip) return knex;
  const latest = () =>
    knex.migrate.latest({
      directory: resolvePackagePath(
        'backstage-plugin-pipeline-posture-backend',
        'migrations',
      ),
    });
  if (isPostgres(knex)) {
    // Knex refuses a second migration at the same time instead of waiting for the first.
    await knex.transaction(async tx => {
      await tx.raw('select pg_advisory_xact_lock(?)', [LOCK]);
      await latest();
    });
  } else {
    await latest();
  }
  return knex;
}
