import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  Behaviour,
  createAzureDevOpsEstate,
  generateAzureOrganisation,
} from 'pipeline-posture-estate';
import { BenchRow } from '../azure-devops/row';
import { collectorOf } from './collectorOf';
import { BenchDatabase, benchDatabases, postgresNote } from './database';
import { ReplicaNews, ReplicaOrder } from './replica';

const LATENCY_MS = 20;
/** Smaller for a look: `B9_PIPELINES=1000 yarn bench B9`. */
const SMALL = Number(process.env.B9_PIPELINES ?? 10_000);
const LARGE = 5 * SMALL;
const MIB = 2 ** 20;
const HEAP_MIB = 256;

const sizeOf = (pipelines: number) => ({
  seed: 5,
  projects: Math.max(6, pipelines / 100),
  pipelines,
  repositories: pipelines / 5,
  connections: pipelines / 7,
  environments: pipelines / 20,
  releases: pipelines / 25,
});

interface Collected {
  seconds: number;
  /** Largest resident memory of a replica, MiB. */
  peak: number;
  pipelines: number;
}

/** One process for each replica, all started before the clock is. */
async function startReplica(order: ReplicaOrder) {
  const child = fork(join(__dirname, 'replica.ts'), {
    execArgv: [
      '--no-warnings',
      // Node takes what it gets; with less it must do with what the work needs.
      `--max-old-space-size=${HEAP_MIB}`,
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
  });
  // The transform of TypeScript says things on the same channel.
  const told = (key: 'ready' | 'peak') =>
    new Promise<number>((done, fail) => {
      child.on('message', (message: ReplicaNews) => {
        const value = message[key];
        if (value !== undefined) done(value);
      });
      child.once('exit', code =>
        fail(new Error(`A replica ended too early, with ${code}`)),
      );
    });
  const ready = told('ready');
  child.send(order);
  await ready;
  return async () => {
    const peak = told('peak');
    child.send('go');
    const bytes = await peak;
    child.kill();
    return bytes;
  };
}

async function collect(
  database: BenchDatabase,
  pipelines: number,
  replicas: number,
): Promise<Collected> {
  const behaviour = new Behaviour();
  const estate = await createAzureDevOpsEstate({
    state: generateAzureOrganisation(sizeOf(pipelines)),
    behaviour,
  });
  const { knex, config } = database;
  const urls = { ...estate.urls };
  const discoverer = await collectorOf(knex, urls);
  await discoverer.discover(new AbortController().signal);
  behaviour.latencyMs = LATENCY_MS;
  const go = await Promise.all(
    Array.from({ length: replicas }, () =>
      startReplica({ database: config, urls }),
    ),
  );
  const started = performance.now();
  const peaks = await Promise.all(go.map(start => start()));
  const seconds = (performance.now() - started) / 1000;
  const [{ n }] = await knex('pipelines').count({ n: '*' });
  await estate.close();
  return { seconds, peak: Math.max(...peaks) / MIB, pipelines: Number(n) };
}

/** B9: the whole way from HTTP to the database, by one process and by three, and whether memory grows with the fleet. */
export async function benchCollect(): Promise<BenchRow[]> {
  const opens = benchDatabases();
  const open = opens[opens.length - 1];
  const on = async (pipelines: number, replicas: number) => {
    const database = await open();
    const collected = await collect(database, pipelines, replicas);
    const { name } = database;
    await database.remove();
    return { ...collected, name };
  };
  const one = await on(SMALL, 1);
  const large = await on(LARGE, 1);
  const notes = `${
    one.name
  }, ${LATENCY_MS} ms for each call, ${availableParallelism()} cores, shared with the local Azure DevOps`;
  const memory = (what: Collected, pipelines: number): BenchRow => ({
    row: 'B9',
    what: `Memory of a replica that collects ${pipelines} pipelines, at the peak`,
    figure: what.peak,
    bar: 400,
    must: 'at most',
    unit: 'MiB',
    notes: `${what.pipelines} collected in ${what.seconds.toFixed(
      0,
    )} s; resident, with Node and all modules, heap limited to ${HEAP_MIB} MiB; ${notes}`,
  });
  const rows = [memory(one, SMALL), memory(large, LARGE)];
  if (one.name !== 'PostgreSQL') {
    rows[0].notes += `. Three replicas need PostgreSQL.${postgresNote()}`;
    return rows;
  }
  const three = await on(SMALL, 3);
  rows.push({
    row: 'B9',
    what: `Three replicas against one, ${SMALL} pipelines`,
    figure: one.seconds / three.seconds,
    bar: 2.2,
    must: 'at least',
    unit: 'times as fast',
    notes: `${one.seconds.toFixed(0)} s and ${three.seconds.toFixed(
      0,
    )} s; needs more cores than replicas, beside those of the database and of the local Azure DevOps; ${notes}`,
  });
  return rows;
}
