import { TestDatabases } from '@backstage/backend-test-utils';
import {
  ProcessWorld,
  processWorld,
  settled,
  soon,
} from './__testUtils__/processWorld';
import { sharedDatabase } from './__testUtils__/replicas';
import {
  contentOf,
  contradictionsOf,
  differencesOf,
} from './__testUtils__/storedContent';

jest.setTimeout(900_000);

const HOUR = 3600_000;
const START = Date.parse('2026-11-20T08:00:00Z');
/** Times that a process is killed. */
const KILLS = 50;
/** `KILLS_SEED=… yarn test kills` repeats a run that failed, as far as processes can be repeated. */
const SEED = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000);

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('processes that end at any moment', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const ends: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function start(projects: number, pipelines: number) {
    const world = await processWorld(projects, pipelines);
    ends.push(() => world.end());
    return world;
  }
  type Database = Awaited<ReturnType<typeof sharedDatabase>>;

  async function open(databaseId: Parameters<typeof sharedDatabase>[1]) {
    const shared = await sharedDatabase(databases, databaseId);
    ends.push(() => shared.close());
    return shared;
  }

  /** What one process that nobody disturbs makes of the sources as they are. */
  async function undisturbed(
    databaseId: Parameters<typeof sharedDatabase>[1],
    world: ProcessWorld,
    at: number,
  ) {
    const shared = await open(databaseId);
    const replica = await world.processes.start({
      ...world.order,
      database: shared.config,
      at,
    });
    await settled(shared, world, at);
    await replica.moveTo(at + 2 * HOUR);
    await settled(shared, world, at + 2 * HOUR);
    await replica.kill();
    return contentOf(shared.knex);
  }

  async function expectSame({ knex }: Database, should: readonly string[]) {
    const is = await contentOf(knex);
    expect(is.length).toBeGreaterThan(500);
    expect(differencesOf(is, should)).toEqual([]);
  }

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it('lose and double nothing, and nobody sees half of what they wrote', async () => {
      const random = randomFrom(SEED);
      const upTo = (most: number) => 1 + Math.floor(random() * most);
      const world = await start(2, 104);
      const shared = await open(databaseId);
      const order = { ...world.order, database: shared.config };
      let at = START;
      const first = await world.processes.start({ ...order, at });
      await settled(shared, world, at);
      const before = await first.statements();
      world.calls.reset();
      at += 2 * HOUR;
      world.change(1);
      await first.moveTo(at);
      await settled(shared, world, at);
      const statements = (await first.statements()) - before;
      const calls = world.calls.count();
      await first.kill();
      let half = 0;
      for (let kill = 1; kill <= KILLS; kill++) {
        at += 2 * HOUR;
        world.change(kill + 1);
        const byCalls = kill % 3 === 0;
        const tellAfter = byCalls ? undefined : upTo(statements);
        const called = world.calls.after(byCalls ? upTo(calls) : Infinity);
        const wait = random() * 10;
        const replica = await world.processes.start({
          ...order,
          at,
          tellAfter,
        });
        await Promise.race([
          replica.reached,
          called,
          settled(shared, world, at, () => !replica.killed),
        ]);
        await soon(wait);
        await replica.kill();
        const running = await shared
          .knex('runs')
          .where({ status: 'running' })
          .where('started_at', '>=', new Date(at).toISOString());
        if (running.length > 0) half += 1;
        const seen = await contradictionsOf(shared.knex);
        expect({ SEED, kill, tellAfter, seen }).toEqual({
          SEED,
          kill,
          tellAfter,
          seen: [],
        });
      }
      // Most were killed in the middle of a run; otherwise the test would prove nothing.
      expect(half).toBeGreaterThan(KILLS / 2);
      at += 2 * HOUR;
      const last = await world.processes.start({ ...order, at });
      await settled(shared, world, at);
      await last.moveTo(at + 2 * HOUR);
      await settled(shared, world, at + 2 * HOUR);
      await last.moveTo(at + 2.5 * HOUR);
      await last.kill();
      // What the dead had written and not told, others told.
      expect(await shared.knex('untold')).toEqual([]);
      expect(await shared.knex('runs').where({ status: 'running' })).toEqual(
        [],
      );
      expect(await contradictionsOf(shared.knex)).toEqual([]);
      await expectSame(shared, await undisturbed(databaseId, world, at));
    });

    it('start at once on an empty database, and read each scope once in each interval', async () => {
      const world = await start(6, 48);
      const shared = await open(databaseId);
      let at = START;
      const replicas = await Promise.all(
        // A SQLite file belongs to one process.
        Array.from({ length: databaseId === 'SQLITE_3' ? 1 : 3 }, () =>
          world.processes.start({
            ...world.order,
            database: shared.config,
            at,
          }),
        ),
      );
      await Promise.all(replicas.map(replica => replica.worked));
      for (let interval = 1; interval <= 3; interval++) {
        await settled(shared, world, at);
        const runs: Array<{ status: string; n: number | string }> = await shared
          .knex('runs')
          .groupBy('scope_key', 'status')
          .select('scope_key', 'status')
          .count({ n: '*' });
        expect(runs.map(({ status, n }) => [status, Number(n)])).toEqual(
          Array.from({ length: world.projects }, () => ['succeeded', interval]),
        );
        at += 2 * HOUR;
        world.change(interval);
        const then = at;
        await Promise.all(replicas.map(replica => replica.moveTo(then)));
      }
      await settled(shared, world, at);
      await Promise.all(replicas.map(replica => replica.kill()));
      expect(await contradictionsOf(shared.knex)).toEqual([]);
      await expectSame(shared, await undisturbed(databaseId, world, at));
    });

    it('go on after the database was restarted in the middle of a run', async () => {
      const world = await start(2, 104);
      const shared = await open(databaseId);
      const { config, interrupt } = await shared.throughProxy();
      const replica = await world.processes.start({
        ...world.order,
        database: config,
        at: START,
        tellAfter: 600,
      });
      await replica.reached;
      await interrupt(1500);
      // The lease of a run that could not even end has ended by then.
      const at = START + 2 * HOUR;
      await replica.moveTo(at);
      await settled(shared, world, at);
      // What is read seldom says in the second run that it was kept, whether the first one got that far or not.
      await replica.moveTo(at + 2 * HOUR);
      await settled(shared, world, at + 2 * HOUR);
      expect(replica.lives).toBe(true);
      await replica.kill();
      expect(await contradictionsOf(shared.knex)).toEqual([]);
      await expectSame(shared, await undisturbed(databaseId, world, at));
    });
  });
});
