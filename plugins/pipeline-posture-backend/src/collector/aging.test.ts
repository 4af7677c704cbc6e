import { TestDatabases } from '@backstage/backend-test-utils';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectedOn } from '../__testUtils__/harness';
import { markUnread } from '../store/unread';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const signal = new AbortController().signal;
const one = aSnapshot({
  ref: { provider: '', scope: '', id: 'one' },
  name: 'one',
  leaks: known([]),
});

describe('results that nothing refreshes', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function set() {
      const harness = await collectedOn(await databases.init(databaseId), one);
      const upkeep = async () => {
        await markUnread(harness.knex, harness.ago(12 * HOUR));
        await harness.reassessor.expire(harness.ago(7 * DAY), signal);
      };
      const row = () => harness.knex('pipelines').first();
      const scope = async () => (await harness.scopes.list())[0];
      return { ...harness, upkeep, row, scope };
    }

    it('are stale after two turns and unknown after seven days, though no run ever failed', async () => {
      const { later, upkeep, row, collector } = await set();
      later(11 * HOUR);
      await upkeep();
      expect((await row()).stale_since).toBeNull();
      later(2 * HOUR);
      await upkeep();
      const { collected_at } = await row();
      expect(await row()).toMatchObject({ stale_since: collected_at });
      later(7 * DAY - 13 * HOUR - 1);
      await upkeep();
      expect(Boolean((await row()).expired)).toBe(false);
      later(2);
      await upkeep();
      const expired = await row();
      expect(Boolean(expired.expired)).toBe(true);
      expect(JSON.parse(expired.posture).counts.pass).toBe(0);
      await collector.poll();
      expect(await row()).toMatchObject({ stale_since: null });
      expect(Boolean((await row()).expired)).toBe(false);
      expect(JSON.parse((await row()).posture).counts.pass).toBeGreaterThan(0);
    });

    it('of a run that somebody stopped are no good run, and hide no failing source', async () => {
      const { later, collector, provider, scope, runs } = await set();
      const good = (await scope()).lastGoodRunAt;
      provider.before = () => {
        throw new Error('down');
      };
      later(HOUR + 1);
      await collector.poll();
      expect(await scope()).toMatchObject({ failures: 1, lastGoodRunAt: good });
      provider.before = async ({ id }, _, runSignal) => {
        await runs.requestStop(`azure-devops~${id}`);
        await new Promise((__, fail) => {
          runSignal.addEventListener('abort', () => fail(runSignal.reason));
        });
      };
      later(HOUR + 1);
      await collector.poll();
      const [run] = (await runs.list({ offset: 0, limit: 1 })).items;
      expect(run).toMatchObject({ status: 'incomplete', stopped: true });
      const { failures, lastGoodRunAt, nextRunAt } = await scope();
      expect({ failures, lastGoodRunAt }).toEqual({
        failures: 1,
        lastGoodRunAt: good,
      });
      // It is tried again as a failing source is, not after a whole turn.
      expect(Date.parse(nextRunAt) - Date.parse(run.startedAt)).toBeLessThan(
        HOUR,
      );
    });

    it('of a source that was taken out are gone after a month, and back when it is', async () => {
      const { later, provider, upkeep, scopes, replica } = await set();
      const [source] = provider.sources;
      provider.sources = [];
      later(29 * DAY);
      await replica().discover(signal);
      await upkeep();
      expect(await scopes.list()).toHaveLength(1);
      later(2 * DAY);
      await replica().discover(signal);
      expect(await scopes.list()).toHaveLength(0);
      expect(await scopes.goneScopesWithPipelines()).toHaveLength(1);
      provider.sources = [source];
      await replica().discover(signal);
      expect(await scopes.list()).toHaveLength(1);
    });
  });
});
