import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { readdirSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from './__testUtils__/harness';
import { sharedDatabase } from './__testUtils__/replicas';
import { TestProvider } from './__testUtils__/TestProvider';
import { migrate } from './store/migrate';

jest.setTimeout(400_000);

const signal = new AbortController().signal;
const PIPELINES = 130;
const HOUR = 3600_000;
const pipelines = (version: number) =>
  Array.from({ length: PIPELINES }, (_, i) =>
    aSnapshot({
      ref: { provider: '', scope: '', id: `p${i}` },
      name: `p${i}`,
      leaks: known(
        version % 2
          ? [{ where: 'variable X', pattern: 'name', in: 'setting' as const }]
          : [],
      ),
    }),
  );

describe('faults', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    /** Rounds in which a replica dies. */
    const DEATHS = 50;

    it('loses and doubles nothing when a replica dies at any point of a run', async () => {
      const shared = await sharedDatabase(databases, databaseId);
      const provider = new TestProvider().has('A', ...pipelines(0));
      const harness = await collectorOn(shared.knex, [provider]);
      const first = harness.replica();
      await first.discover(signal);
      await first.poll();
      let half = 0;
      for (let round = 1; round <= DEATHS; round++) {
        provider.has('A', ...pipelines(round));
        const connection = shared.connect();
        const dying = await collectorOn(connection.knex, [provider]);
        dying.clock.at = harness.clock.at;
        dying.later(HOUR + 1);
        const dies = Math.floor((round * 7919) % (PIPELINES + 2));
        let events = 0;
        let death: Promise<void> | undefined;
        provider.before = async () => {
          events += 1;
          if (events <= dies || death) return;
          // Not always between two writes: a moment later it may be within one.
          await new Promise(next => setTimeout(next, round % 4));
          death = connection.cut();
        };
        await dying
          .replica()
          .poll()
          .catch(() => {});
        await death;
        provider.before = () => {};
        const running = await shared.knex('runs').where({ status: 'running' });
        half += running.length;
        harness.later(2 * HOUR);
        await harness.replica().poll();
        await harness.runs.abandonOrphans(harness.clock.at, harness.clock.at);
        const rows = await shared
          .knex('pipelines')
          .whereNull('gone_at')
          .where({ stale_since: null });
        expect(rows).toHaveLength(PIPELINES);
        const failing = await shared
          .knex('findings')
          .where({ control_id: 'no-plaintext-secret', status: 'fail' });
        expect(failing).toHaveLength(round % 2 ? PIPELINES : 0);
      }
      // Deaths left runs that nobody ended; otherwise the test would prove nothing.
      expect(half).toBeGreaterThan(DEATHS / 2);
      expect(await shared.knex('runs').where({ status: 'running' })).toEqual(
        [],
      );
      const doubled = await shared
        .knex('changes')
        .groupBy('event_id', 'cause')
        .havingRaw('count(*) > 1')
        .select('event_id');
      expect(doubled).toEqual([]);
      const entries = async (cause: string) =>
        Number(
          (await shared.knex('changes').where({ cause }).count({ n: '*' }))[0]
            .n,
        );
      expect(await entries('pipeline-added')).toBe(PIPELINES);
      // Each round flips every pipeline once, whatever was done before and after the death of the replica.
      expect(await entries('setting-changed')).toBe(DEATHS * PIPELINES);
      await shared.close();
    });

    it('goes on after the database was restarted in the middle of a run', async () => {
      const shared = await sharedDatabase(databases, databaseId);
      const provider = new TestProvider().has('A', ...pipelines(0));
      const connection = shared.connect();
      const harness = await collectorOn(connection.knex, [provider]);
      const collector = harness.replica();
      await collector.discover(signal);
      let events = 0;
      provider.before = async () => {
        events += 1;
        if (events === PIPELINES / 2) await shared.restart();
      };
      await collector.poll().catch(() => {});
      provider.before = () => {};
      harness.later(2 * HOUR);
      await collector.poll();
      expect(await shared.knex('pipelines')).toHaveLength(PIPELINES);
      expect(await shared.knex('changes')).toHaveLength(PIPELINES);
      await shared.close();
    });

    it('reads each scope once in each interval with three replicas', async () => {
      const shared = await sharedDatabase(databases, databaseId);
      const provider = new TestProvider();
      provider.sources[0].maxScopesAtOnce = 50;
      for (let i = 0; i < 12; i++)
        provider.has(`S${i}`, ...pipelines(0).slice(0, 5));
      const harnesses = await Promise.all(
        // A SQLite file belongs to one process.
        Array.from({ length: databaseId === 'SQLITE_3' ? 1 : 3 }, () =>
          collectorOn(shared.connect().knex, [provider]),
        ),
      );
      const replicas = harnesses.map(harness => harness.replica());
      await replicas[0].discover(signal);
      for (let interval = 1; interval <= 3; interval++) {
        for (let look = 0; look < 12; look++)
          await Promise.all(replicas.map(replica => replica.poll()));
        expect([...provider.collected].sort()).toEqual(
          Array.from({ length: interval }, () => [...provider.content.keys()])
            .flat()
            .sort(),
        );
        harnesses.forEach(harness => harness.later(HOUR + 1));
      }
      expect(
        await shared.knex('changes').where({ cause: 'pipeline-added' }),
      ).toHaveLength(60);
      await shared.close();
    });

    it('lets replicas start at once on an empty database', async () => {
      const knex = await databases.init(databaseId);
      const database = mockServices.database({ knex });
      // A SQLite file belongs to one process.
      const replicas = databaseId === 'SQLITE_3' ? 1 : 3;
      await Promise.all(
        Array.from({ length: replicas }, () => migrate(database)),
      );
      expect(await knex('pipelines').select()).toEqual([]);
    });

    it('migrates down and up again with data in it', async () => {
      const provider = new TestProvider().has('A', ...pipelines(1).slice(0, 3));
      const harness = await collectorOn(await databases.init(databaseId), [
        provider,
      ]);
      const { knex, later } = harness;
      const collector = harness.replica();
      await collector.discover(signal);
      await collector.poll();
      // A past that the older schema has no place for must not keep it from going back.
      later(48 * HOUR);
      provider.has('A', ...pipelines(2).slice(0, 2));
      await collector.poll();
      expect(await knex('pipeline_versions')).not.toEqual([]);
      const directory = resolvePackagePath(
        'backstage-plugin-pipeline-posture-backend',
        'migrations',
      );
      const before = await knex('findings').orderBy([
        'pipeline_id',
        'control_id',
      ]);
      const days = await knex('posture_daily').orderBy(['subject', 'day']);
      // To before there was a past.
      while (await knex.schema.hasTable('pipeline_versions'))
        await knex.migrate.down({ directory });
      expect(await knex('findings')).toHaveLength(before.length);
      await knex.migrate.latest({ directory });
      expect(
        await knex('findings')
          .orderBy(['pipeline_id', 'control_id'])
          .select('finding'),
      ).toEqual(before.map(({ finding }) => ({ finding })));
      expect(await knex('posture_daily')).toHaveLength(days.length);
      // What the newer schema adds follows from the snapshots.
      await harness.reassessor.applyRubric(signal);
      expect(
        await knex('pipelines').whereNull('gone_at').whereNull('outcome'),
      ).toEqual([]);
      for (let i = 0; i < readdirSync(directory).length; i++)
        await knex.migrate.down({ directory });
      await knex.migrate.latest({ directory });
      expect(await knex('pipelines').select()).toEqual([]);
    });
  });
});
