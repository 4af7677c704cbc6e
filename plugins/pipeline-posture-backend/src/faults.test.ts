import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { readdirSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from './__testUtils__/harness';
import { TestProvider } from './__testUtils__/TestProvider';
import { migrate } from './store/migrate';

jest.setTimeout(120_000);

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
    it('loses and doubles nothing when a replica dies at any point of a run', async () => {
      const provider = new TestProvider();
      const harness = await collectorOn(await databases.init(databaseId), [
        provider,
      ]);
      provider.has('A', ...pipelines(0));
      const first = harness.replica();
      await first.discover(signal);
      await first.poll();
      for (let round = 1; round <= 25; round++) {
        provider.has('A', ...pipelines(round));
        const dies = Math.floor((round * 7919) % (PIPELINES + 2));
        let events = 0;
        // What a killed process leaves: its lease, and what it had committed.
        provider.before = () => {
          events += 1;
          if (events > dies) throw new Error('killed');
        };
        harness.later(HOUR + 1);
        await harness.replica().poll();
        provider.before = () => {};
        harness.later(HOUR + 1);
        await harness.replica().poll();
        const rows = await harness
          .knex('pipelines')
          .whereNull('gone_at')
          .where({ stale_since: null });
        expect(rows).toHaveLength(PIPELINES);
        const failing = await harness
          .knex('findings')
          .where({ control_id: 'no-plaintext-secret', status: 'fail' });
        expect(failing).toHaveLength(round % 2 ? PIPELINES : 0);
      }
      const doubled = await harness
        .knex('changes')
        .groupBy('event_id', 'cause')
        .havingRaw('count(*) > 1')
        .select('event_id');
      expect(doubled).toEqual([]);
      const added = await harness
        .knex('changes')
        .where({ cause: 'pipeline-added' });
      expect(added).toHaveLength(PIPELINES);
      // Each round flips every pipeline once, whatever was done before and after the death of the replica.
      const flips = await harness
        .knex('changes')
        .where({ cause: 'setting-changed' });
      expect(flips).toHaveLength(25 * PIPELINES);
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
      const { knex, replica } = await collectorOn(
        await databases.init(databaseId),
        [provider],
      );
      const collector = replica();
      await collector.discover(signal);
      await collector.poll();
      const directory = resolvePackagePath(
        'backstage-plugin-pipeline-posture-backend',
        'migrations',
      );
      for (let i = 0; i < readdirSync(directory).length; i++)
        await knex.migrate.down({ directory });
      await knex.migrate.latest({ directory });
      expect(await knex('pipelines').select()).toEqual([]);
    });
  });
});
