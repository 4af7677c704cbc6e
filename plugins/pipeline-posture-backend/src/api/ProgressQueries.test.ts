import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DEFAULT_SCORING_POLICY,
  known,
  Leak,
  PipelineFilter,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetView, Viewer } from '../fleet/FleetView';
import { summaryOf } from '../fleet/summaryOf';
import { RubricHistory } from '../history/RubricHistory';
import { ProgressQueries } from './ProgressQueries';

const DAY = 24 * 3600_000;
const signal = new AbortController().signal;
const leak: Leak = {
  where: 'variable PASSWORD',
  pattern: 'name',
  in: 'setting',
};
const pipeline = (id: string, leaks: Leak[] = []) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    leaks: known(leaks),
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
  });
const entity = (name: string, owner: string) => ({
  entityRef: `component:default/${name}`,
  kind: 'Component',
  owner: `group:default/${owner}`,
  targets: [[`dev.azure.com/project-repo=shop/${name}`]],
  hash: name,
});
const everything: Viewer = { visible: 'all', unlinked: true, evidence: true };
const only = (...names: string[]): Viewer => ({
  visible: new Set(names.map(name => `component:default/${name}`)),
  unlinked: false,
  evidence: true,
});

describe('how the pipelines of a list came to where they are', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start() {
      const provider = new TestProvider();
      const harness = await collectorOn(await databases.init(databaseId), [
        provider,
      ]);
      const { knex, entities, numbers, now, assessor, later } = harness;
      await entities.saveEntities([entity('one', 'a'), entity('two', 'b')]);
      const index = new FleetIndex({
        knex,
        numbers,
        now,
        keepHistoryMs: 400 * DAY,
      });
      const rubrics = new RubricHistory({
        knex,
        rubric: assessor.rubric,
        controls: neutralControls,
        policy: DEFAULT_SCORING_POLICY,
      });
      const queries = new ProgressQueries({ knex, index, rubrics, now });
      const collector = harness.replica();
      const read = async (...pipelines: ReturnType<typeof pipeline>[]) => {
        provider.has('A', ...pipelines);
        await collector.discover(signal);
        await collector.poll();
      };
      const trend = async (
        filter: PipelineFilter = {},
        viewer: Viewer = everything,
      ) => (await queries.trend({ ...filter, days: 90 }, viewer)).points;
      const check = (id: string) =>
        collector.checkAgain({ provider: 'azure-devops', scope: 'A', id });
      return { ...harness, index, later, queries, read, check, trend };
    }

    it('has a point for each day on which one of them was read, and none for others', async () => {
      const { later, read, trend } = await start();
      await read(pipeline('one'), pipeline('two'));
      later(2 * DAY);
      await read(pipeline('one', [leak]), pipeline('two'));
      later(DAY);
      const points = await trend();
      expect(
        points.map(({ day, pipelines, nonCompliant }) => [
          day,
          pipelines,
          nonCompliant,
        ]),
      ).toEqual([
        ['2026-11-21', 2, 0],
        ['2026-11-23', 2, 1],
        // What the lists say now, whether it was read today or not.
        ['2026-11-24', 2, 1],
      ]);
    });

    it('obeys the filters, and ends with the number of the tile', async () => {
      const { index, later, read, trend } = await start();
      await read(pipeline('one'), pipeline('two'), pipeline('three'));
      later(DAY);
      await read(pipeline('one', [leak]), pipeline('two'), pipeline('three'));
      for (const filter of [
        {},
        { owner: ['group:default/a'] },
        { compliance: ['non-compliant' as const] },
        { text: 'two' },
        { linked: false },
      ]) {
        const view = new FleetView(await index.at(), everything);
        const summary = summaryOf(view, filter);
        const last = (await trend(filter)).at(-1);
        expect({ filter, ...last }).toMatchObject({
          filter,
          pipelines: summary.pipelines,
          compliant: summary.byCompliance.compliant,
          nonCompliant: summary.byCompliance['non-compliant'],
        });
      }
      const fails = await trend({ compliance: ['non-compliant'] });
      expect(fails.map(({ pipelines }) => pipelines)).toEqual([1, 1]);
      expect(fails.map(({ nonCompliant }) => nonCompliant)).toEqual([0, 1]);
    });

    it('never counts what the caller may not see', async () => {
      const { later, queries, read, trend } = await start();
      await read(pipeline('one', [leak]), pipeline('two'), pipeline('three'));
      later(DAY);
      await read(pipeline('one'), pipeline('two'), pipeline('three'));
      expect(
        (await trend({}, only('two'))).map(({ pipelines }) => pipelines),
      ).toEqual([1, 1]);
      expect(await trend({}, only())).toEqual([]);
      expect(await queries.progress({}, only('two'))).toMatchObject({
        fixes: 0,
      });
      expect(await queries.progress({}, only('one'))).toMatchObject({
        fixes: 1,
      });
    });

    it('says how it was on a day of the past', async () => {
      const { later, read, trend } = await start();
      await read(pipeline('one'));
      later(DAY);
      await read(pipeline('one'), pipeline('two', [leak]));
      later(DAY);
      await read(pipeline('one', [leak]), pipeline('two'));
      const points = await trend({ asOf: '2026-11-22' });
      expect(
        points.map(({ day, pipelines, nonCompliant }) => [
          day,
          pipelines,
          nonCompliant,
        ]),
      ).toEqual([
        ['2026-11-21', 1, 0],
        ['2026-11-22', 2, 1],
      ]);
    });

    it('says of each day what was so then, also what changed without a reading', async () => {
      const { later, read, check, trend, knex, now, reassessor } =
        await start();
      await read(pipeline('one'), pipeline('two'));
      const [{ compliant, unknown }] = await trend();
      later(2 * DAY);
      await knex('pipelines')
        .where({ name: 'one' })
        .update({ stale_since: '2026-11-21T09:00:00.000Z' });
      expect(await reassessor.expire(now(), signal)).toBe(1);
      await check('two');
      later(2 * DAY);
      await check('two');
      const byDay = (await trend()).map(point => [
        point.day,
        point.compliant,
        point.unknown,
      ]);
      expect([compliant, unknown]).toEqual([2, 0]);
      expect(byDay).toEqual([
        ['2026-11-21', 2, 0],
        ['2026-11-23', 1, 1],
        ['2026-11-25', 1, 1],
      ]);
      later(10 * DAY);
      expect((await trend({ asOf: '2026-11-25' })).at(-1)).toMatchObject({
        compliant: 1,
        unknown: 1,
      });
    });

    it('looks back as far from a day of the past as from today', async () => {
      const { later, read, trend } = await start();
      await read(pipeline('one'));
      later(DAY);
      await read(pipeline('one'));
      later(100 * DAY);
      await read(pipeline('one'));
      expect(
        (await trend({ asOf: '2026-11-22' })).map(({ day }) => day),
      ).toEqual(['2026-11-21', '2026-11-22']);
    });

    it('compares with thirty days ago where that day was recorded', async () => {
      const { later, queries, read } = await start();
      await read(pipeline('one', [leak]), pipeline('two'));
      later(30 * DAY);
      await read(pipeline('one'), pipeline('two'));
      const progress = await queries.progress({}, everything);
      expect(progress).toMatchObject({
        since: '2026-11-21',
        failingCritical: 1,
      });
      expect(progress.compliantShare).toBeDefined();
      later(DAY);
      const gap = await queries.progress({}, everything);
      expect(gap.compliantShare).toBeUndefined();
      expect(gap.failingCritical).toBeUndefined();
    });

    it('takes the time to a fix from failing to passing, whatever was unknown between', async () => {
      const { later, queries, read, knex } = await start();
      await read(pipeline('one', [leak]), pipeline('two'));
      later(2 * DAY);
      await read(pipeline('one', [leak]), pipeline('two', [leak]));
      later(4 * DAY);
      await read(pipeline('one'), pipeline('two', [leak]));
      later(6 * DAY);
      await read(pipeline('one'), pipeline('two'));
      // One took six days, the other ten.
      expect(await queries.progress({}, everything)).toMatchObject({
        fixes: 2,
        medianDaysToFix: 8,
      });
      expect(
        await queries.progress({ owner: ['group:default/a'] }, everything),
      ).toMatchObject({ fixes: 1, medianDaysToFix: 6 });
      // A rule that changed fixes nothing.
      const { controlId } = JSON.parse(
        (await knex('changes').where({ cause: 'setting-changed' }).first())
          .transitions,
      )[0];
      const id = stringifyPipelineRef({
        provider: 'azure-devops',
        scope: 'A',
        id: 'two',
      });
      for (const [n, [cause, from, to]] of [
        ['setting-changed', 'pass', 'fail'],
        ['control-changed', 'fail', 'pass'],
      ].entries())
        await knex('changes').insert({
          event_id: `rule-${n}`,
          at: `2026-12-03T0${n}:00:00.000Z`,
          pipeline_id: id,
          cause,
          transitions: JSON.stringify([{ controlId, from, to }]),
          rubric: 'r',
        });
      expect(await queries.progress({}, everything)).toMatchObject({
        fixes: 2,
      });
      later(91 * DAY);
      const muchLater = await queries.progress({}, everything);
      expect(muchLater.fixes).toBe(0);
      expect(muchLater.medianDaysToFix).toBeUndefined();
    });
  });
});
