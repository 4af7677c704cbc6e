import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import knexFactory, { Knex } from 'knex';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** A database of its own, with the schema, for one measurement. */
export interface BenchDatabase {
  name: 'SQLite' | 'PostgreSQL';
  knex: Knex;
  /** For another process that connects to it. */
  config: Knex.Config;
  /** Bytes that it takes on disk. */
  size(): Promise<number>;
  remove(): Promise<void>;
}

const directory = resolve(
  __dirname,
  '../../plugins/pipeline-posture-backend/migrations',
);

async function sqlite(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-posture-bench-'));
  const config: Knex.Config = {
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'posture.sqlite') },
    useNullAsDefault: true,
  };
  const knex = knexFactory(config);
  await knex.raw('pragma journal_mode = wal');
  await knex.raw('pragma foreign_keys = on');
  await knex.migrate.latest({ directory });
  return {
    name: 'SQLite',
    knex,
    config,
    async size() {
      await knex.raw('vacuum');
      const [{ pages }] = await knex.raw(
        'select page_count as pages from pragma_page_count()',
      );
      const [{ bytes }] = await knex.raw(
        'select page_size as bytes from pragma_page_size()',
      );
      return pages * bytes;
    },
    async remove() {
      await knex.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function postgres(server: string): Promise<BenchDatabase> {
  const name = `bench_${process.pid}_${Date.now()}`;
  const admin = knexFactory({ client: 'pg', connection: server });
  await admin.raw(`create database ${name}`);
  const address = new URL(server);
  address.pathname = `/${name}`;
  const config: Knex.Config = {
    client: 'pg',
    connection: address.href,
    pool: { min: 0, max: 10 },
  };
  const knex = knexFactory(config);
  await knex.migrate.latest({ directory });
  return {
    name: 'PostgreSQL',
    knex,
    config,
    async size() {
      await knex.raw('vacuum full');
      const { rows } = await knex.raw(
        'select pg_database_size(current_database()) as bytes',
      );
      return Number(rows[0].bytes);
    },
    async remove() {
      await knex.destroy();
      await admin.raw(`drop database ${name} with (force)`);
      await admin.destroy();
    },
  };
}

/** Which databases there are here: SQLite always, PostgreSQL where `scripts/with-postgres.sh` started it. */
export function benchDatabases(): Array<() => Promise<BenchDatabase>> {
  const server = process.env[POSTGRES];
  return [sqlite, ...(server ? [() => postgres(server)] : [])];
}

/** The note of a row that was measured without PostgreSQL. */
export const postgresNote = () =>
  process.env[POSTGRES]
    ? ''
    : ' PostgreSQL: scripts/with-postgres.sh yarn bench.';
