import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectedOn } from '../__testUtils__/harness';
import { markUnread, removeGone } from './unread';

const DAY = 24 * 3600_000;
const signal = new AbortController().signal;
const one = aSnapshot({
  ref: { provider: '', scope: '', id: 'one' },
  name: 'one',
});

describe('pipelines that go, or are too old, while somebody else writes them', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    const set = async () => collectedOn(await databases.init(databaseId), one);

    it('go once, whoever sees it', async () => {
      const { knex, writer, clock } = await set();
      const { scope_key } = await knex('pipelines').first();
      const go = () =>
        knex.transaction(tx =>
          writer.markGone(tx, scope_key, new Set(), clock.at),
        );
      const gone = await Promise.all([go(), go(), go()]);
      expect(gone.flatMap(({ ids }) => ids)).toHaveLength(1);
      expect(
        await knex('changes').where({ cause: 'pipeline-gone' }),
      ).toHaveLength(1);
    });

    it('are not removed if they came back', async () => {
      const { knex, collector, provider, later, ago } = await set();
      provider.has('A');
      later(DAY);
      await collector.poll();
      later(91 * DAY);
      provider.has('A', one);
      let back = false;
      const slow = new Proxy(knex, {
        get: (target, name) =>
          name === 'transaction'
            ? async (work: (tx: Knex.Transaction) => Promise<unknown>) => {
                if (!back) await collector.poll();
                back = true;
                return target.transaction(work);
              }
            : Reflect.get(target, name),
      });
      expect(await removeGone(slow, ago(90 * DAY))).toBe(0);
      expect(back).toBe(true);
      expect(await knex('pipelines').whereNull('gone_at')).toHaveLength(1);
    });

    it('count as they are when they were read while they were judged too old', async () => {
      const { knex, reassessor, exemptions, collector, later, ago } =
        await set();
      later(8 * DAY);
      await markUnread(knex, ago(DAY));
      const covering = exemptions.covering.bind(exemptions);
      let back = false;
      exemptions.covering = async (...asked) => {
        const was = await covering(...asked);
        const first = !back;
        back = true;
        if (first) await collector.poll();
        return was;
      };
      await reassessor.expire(ago(7 * DAY), signal);
      expect(back).toBe(true);
      const row = await knex('pipelines').first();
      expect(row.stale_since).toBeNull();
      expect(Boolean(row.expired)).toBe(false);
      expect(JSON.parse(row.posture).counts.pass).toBeGreaterThan(0);
    });

    it('stay unknown when they became too old while they were judged again', async () => {
      const { knex, reassessor, exemptions, later, ago } = await set();
      later(8 * DAY);
      await markUnread(knex, ago(DAY));
      const { id } = await knex('pipelines').first();
      const covering = exemptions.covering.bind(exemptions);
      let judged = false;
      exemptions.covering = async (...asked) => {
        const was = await covering(...asked);
        const first = !judged;
        judged = true;
        if (first) await reassessor.expire(ago(7 * DAY), signal);
        return was;
      };
      await reassessor.reassess([id]);
      const row = await knex('pipelines').first();
      expect(Boolean(row.expired)).toBe(true);
      expect(JSON.parse(row.posture).counts.pass).toBe(0);
    });
  });
});
