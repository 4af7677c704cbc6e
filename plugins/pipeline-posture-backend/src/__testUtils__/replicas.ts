import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';

/** Connections of a replica that a test can cut, as the death of its process does. */
export interface ReplicaConnection {
  knex: Knex;
  /** From now on nothing that the replica does reaches the database, and what it had not committed is undone. */
  cut(): Promise<void>;
}

/** A database that several replicas connect to, each with connections of its own. */
export async function sharedDatabase(
  databases: TestDatabases,
  databaseId: Parameters<TestDatabases['init']>[0],
): Promise<{
  knex: Knex;
  connect(): ReplicaConnection;
  /** Ends every connection of every replica, as a restart of the database does. */
  restart(): Promise<void>;
  close(): Promise<void>;
}> {
  return databaseId === 'SQLITE_3'
    ? onFile()
    : onServer(await databases.init(databaseId));
}

function refuse(knex: Knex) {
  knex.client.acquireConnection = async () => {
    throw new Error('The process is dead');
  };
}

async function onFile() {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-posture-test-'));
  const all: Knex[] = [];
  const connect = (): ReplicaConnection => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'posture.sqlite') },
      useNullAsDefault: true,
    });
    all.push(knex);
    const open: Array<{ close(): void }> = [];
    const acquire = knex.client.acquireRawConnection.bind(knex.client);
    knex.client.acquireRawConnection = async () => {
      const raw = await acquire();
      raw.pragma('foreign_keys = on');
      raw.pragma('journal_mode = wal');
      open.push(raw);
      return raw;
    };
    return {
      knex,
      async cut() {
        refuse(knex);
        open.forEach(raw => raw.close());
      },
    };
  };
  return {
    knex: connect().knex,
    connect,
    // A file has no server that could be restarted.
    restart: async () => {},
    async close() {
      for (const knex of all) await knex.destroy().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function onServer(knex: Knex) {
  const all: Knex[] = [];
  const end = (name: string) =>
    knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like ? and datname = current_database()`,
      [name],
    );
  const connect = (): ReplicaConnection => {
    const name = `replica-${all.length}`;
    const own = knexFactory({
      client: 'pg',
      connection: {
        ...knex.client.connectionSettings,
        application_name: name,
      },
      pool: { min: 0, max: 5 },
    });
    all.push(own);
    return {
      knex: own,
      async cut() {
        refuse(own);
        await end(name);
      },
    };
  };
  return {
    knex,
    connect,
    async restart() {
      await end('replica-%');
    },
    async close() {
      for (const own of all) await own.destroy().catch(() => {});
    },
  };
}
