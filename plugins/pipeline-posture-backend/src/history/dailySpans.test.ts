import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../store/migrate';
import { noteDays, trendOf } from './dailySpans';

const numbers = (score: number) => ({
  subject: 'pipeline:one',
  score,
  grade: 0,
  compliance: 0,
  failing: 1,
  unknown: 0,
});

describe('daily numbers', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start() {
      const knex = await migrate(
        mockServices.database({ knex: await databases.init(databaseId) }),
      );
      const note = (day: string, score: number) =>
        noteDays(knex, day, [numbers(score)]);
      const trend = async () =>
        (await trendOf(knex, 'pipeline:one', new Date('2026-01-01'))).map(
          ({ day, score }) => `${day} ${score}`,
        );
      const rows = async () => (await knex('posture_daily')).length;
      return { knex, note, trend, rows };
    }

    it('are one row while nothing changes, and every day of it shows', async () => {
      const { note, trend, rows } = await start();
      for (const day of [
        '2026-11-01',
        '2026-11-01',
        '2026-11-02',
        '2026-11-03',
      ])
        await note(day, 70);
      expect(await rows()).toBe(1);
      expect(await trend()).toEqual([
        '2026-11-01 70',
        '2026-11-02 70',
        '2026-11-03 70',
      ]);
    });

    it('have a gap where nothing was read', async () => {
      const { note, trend } = await start();
      await note('2026-11-01', 70);
      await note('2026-11-04', 70);
      expect(await trend()).toEqual(['2026-11-01 70', '2026-11-04 70']);
    });

    it('are those of the end of the day', async () => {
      const { note, trend } = await start();
      await note('2026-11-01', 70);
      await note('2026-11-02', 70);
      await note('2026-11-02', 50);
      await note('2026-11-02', 60);
      await note('2026-11-03', 60);
      expect(await trend()).toEqual([
        '2026-11-01 70',
        '2026-11-02 60',
        '2026-11-03 60',
      ]);
      await note('2026-11-03', 70);
      expect(await trend()).toEqual([
        '2026-11-01 70',
        '2026-11-02 60',
        '2026-11-03 70',
      ]);
    });
  });
});
