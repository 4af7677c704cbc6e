import { TestDatabases } from '@backstage/backend-test-utils';
import {
  DEFAULT_SCORING_POLICY,
  known,
  Leak,
} from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { FleetIndex } from '../fleet/FleetIndex';
import { Viewer } from '../fleet/FleetView';
import { GroupHistory } from './GroupHistory';
import { RubricHistory } from './RubricHistory';

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
  system: 'system:default/shop',
  targets: [[`dev.azure.com/project-repo=shop/${name}`]],
  hash: `${name} ${owner}`,
});
const everything: Viewer = { visible: 'all', unlinked: true, evidence: true };
const only = (...names: string[]): Viewer => ({
  visible: new Set(names.map(name => `component:default/${name}`)),
  unlinked: false,
  evidence: true,
});

describe('GroupHistory', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start() {
      const provider = new TestProvider().has(
        'A',
        pipeline('one'),
        pipeline('two'),
        pipeline('three'),
      );
      const harness = await collectorOn(await databases.init(databaseId), [
        provider,
      ]);
      const { knex, entities, numbers, now, assessor } = harness;
      await entities.saveEntities([
        entity('one', 'a'),
        entity('two', 'a'),
        entity('three', 'b'),
      ]);
      await entities.saveOrg(
        new Map([
          ['group:default/a', 'group:default/top'],
          ['group:default/b', 'group:default/top'],
          ['system:default/shop', 'domain:default/retail'],
        ]),
      );
      const index = new FleetIndex({
        knex,
        numbers,
        now,
        keepHistoryMs: 400 * DAY,
      });
      const history = (rubric: string, controls = neutralControls) =>
        new GroupHistory({
          knex,
          index,
          now,
          rubrics: new RubricHistory({
            knex,
            rubric,
            controls,
            policy: DEFAULT_SCORING_POLICY,
          }),
        });
      const groups = history(assessor.rubric);
      const collector = harness.replica();
      await collector.discover(signal);
      const collect = async () => {
        await collector.poll();
        await groups.noteToday();
      };
      return { ...harness, provider, collect, groups, history };
    }

    it('draws what each group was on each day, with a gap where nothing was read', async () => {
      const { collect, later, provider, groups } = await start();
      await collect();
      later(DAY);
      await groups.noteToday();
      later(DAY);
      provider.has(
        'A',
        pipeline('one', [leak]),
        pipeline('two'),
        pipeline('three'),
      );
      await collect();
      const trend = async (
        by: 'fleet' | 'owner' | 'system' | 'domain',
        ref?: string,
      ) =>
        (await groups.trend({ by, ref, days: 30 }, everything)).points.map(
          p => [p.day, p.entities, p.nonCompliant],
        );
      expect(await trend('owner', 'group:default/a')).toEqual([
        ['2026-11-21', 2, 0],
        ['2026-11-23', 2, 1],
      ]);
      expect(await trend('owner', 'group:default/b')).toEqual([
        ['2026-11-21', 1, 0],
        ['2026-11-23', 1, 0],
      ]);
      for (const [by, ref] of [
        ['fleet'],
        ['owner', 'group:default/top'],
        ['system', 'system:default/shop'],
        ['domain', 'domain:default/retail'],
      ] as const)
        expect([by, await trend(by, ref)]).toEqual([
          by,
          [
            ['2026-11-21', 3, 0],
            ['2026-11-23', 3, 1],
          ],
        ]);
      expect(await trend('owner', 'group:default/nobody')).toEqual([]);
    });

    it('counts for a caller only what the caller may see, and then the same as is stored', async () => {
      const { collect, later, provider, groups } = await start();
      await collect();
      later(2 * DAY);
      provider.has(
        'A',
        pipeline('one', [leak]),
        pipeline('two'),
        pipeline('three'),
      );
      await collect();
      for (const query of [
        { by: 'fleet' as const, days: 30 },
        { by: 'owner' as const, ref: 'group:default/a', days: 30 },
      ])
        expect(await groups.trend(query, only('one', 'two', 'three'))).toEqual(
          await groups.trend(query, everything),
        );
      const { points } = await groups.trend(
        { by: 'fleet', days: 30 },
        only('two'),
      );
      expect(points).toMatchObject([
        { day: '2026-11-21', entities: 1, nonCompliant: 0 },
        { day: '2026-11-23', entities: 1, nonCompliant: 0 },
      ]);
      expect(
        (await groups.trend({ by: 'fleet', days: 30 }, only())).points,
      ).toEqual([]);
    });

    it('counts the past of a caller by the owners, groups and domains of the time', async () => {
      const { collect, later, groups, entities } = await start();
      await collect();
      later(2 * DAY);
      // A team moved to another department, an entity to another team, and the system to another domain.
      await entities.saveEntities([entity('two', 'b')]);
      await entities.saveOrg(
        new Map([
          ['group:default/a', 'group:default/other'],
          ['group:default/b', 'group:default/top'],
          ['system:default/shop', 'domain:default/sales'],
        ]),
      );
      await collect();
      const trend = async (
        viewer: Viewer,
        by: 'owner' | 'system' | 'domain',
        ref: string,
      ) =>
        (await groups.trend({ by, ref, days: 30 }, viewer)).points.map(p => [
          p.day,
          p.entities,
        ]);
      const then = '2026-11-21';
      const now = '2026-11-23';
      for (const [by, ref, ...points] of [
        ['owner', 'group:default/a', [then, 2], [now, 1]],
        ['owner', 'group:default/b', [then, 1], [now, 2]],
        ['owner', 'group:default/top', [then, 3], [now, 2]],
        ['owner', 'group:default/other', [now, 1]],
        ['system', 'system:default/shop', [then, 3], [now, 3]],
        ['domain', 'domain:default/retail', [then, 3]],
        ['domain', 'domain:default/sales', [now, 3]],
      ] as const) {
        const seen = await trend(only('one', 'two', 'three'), by, ref);
        expect([ref, seen]).toEqual([ref, points]);
        expect([ref, seen]).toEqual([ref, await trend(everything, by, ref)]);
      }
      expect(await trend(only('two'), 'owner', 'group:default/other')).toEqual(
        [],
      );
    });

    it('marks the day on which the rules changed, and says what changed', async () => {
      const { collect, later, groups, history, knex } = await start();
      await collect();
      later(DAY);
      await knex('scopes').update({
        last_good_run_at: '2026-11-22T08:00:00.000Z',
      });
      const [first, second, ...rest] = neutralControls;
      const next = history('another', [
        { ...second, severity: second.severity === 'low' ? 'high' : 'low' },
        ...rest,
        { ...first, id: 'brand-new' },
      ]);
      await groups.noteRubric();
      await next.noteRubric();
      await next.noteToday();
      const { rubricChanges } = await next.trend(
        { by: 'fleet', days: 30 },
        everything,
      );
      expect(rubricChanges).toEqual([
        {
          day: '2026-11-22',
          controlsAdded: ['brand-new'],
          controlsRemoved: [first.id],
          controlsChanged: [second.id],
          policyChanged: false,
        },
      ]);
    });
  });
});
