import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { Interruptible, interruptible } from './interruptible';

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
  /** For a process that connects to it. */
  config: Knex.Config;
  connect(): ReplicaConnection;
  /** A way to it that can be interrupted, as by a restart. */
  throughProxy(): Promise<{
    config: Knex.Config;
    interrupt(ms: number): Promise<void>;
  }>;
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
  const config = {
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'posture.sqlite') },
    useNullAsDefault: true,
  };
  const connect = (): ReplicaConnection => {
    const knex = knexFactory(config);
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
    config,
    connect,
    // A file has no server that could be restarted.
    restart: async () => {},
    throughProxy: async () => ({ config, interrupt: async () => {} }),
    async close() {
      for (const knex of all) await knex.destroy().catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function onServer(knex: Knex) {
  const all: Knex[] = [];
  // With a time it waits until they have ended: what they held would else keep others away for a moment longer.
  const end = (name: string) =>
    knex.raw(
      `select pg_terminate_backend(pid, 30000) from pg_stat_activity
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
  const proxies: Interruptible[] = [];
  const configOf = (way: object): Knex.Config => ({
    client: 'pg',
    connection: { ...knex.client.connectionSettings, ...way },
    pool: { min: 0, max: 10 },
  });
  return {
    knex,
    config: configOf({}),
    connect,
    async throughProxy() {
      const { host, port } = knex.client.connectionSettings;
      const proxy = await interruptible({ host, port: Number(port) });
      proxies.push(proxy);
      return {
        config: configOf({ host: '127.0.0.1', port: proxy.port }),
        interrupt: proxy.interrupt,
      };
    },
    async restart() {
      await end('replica-%');
    },
    async close() {
      for (const own of all) await own.destroy().catch(() => {});
      for (const proxy of proxies) await proxy.close();
    },
  };
}
