import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  Leak,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot, aStage } from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';
import { until } from './__testUtils__/until';

const leak: Leak = {
  where: 'variable PASSWORD',
  pattern: 'name',
  in: 'setting',
};
const pipeline = (id: string, part = {}) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
    ...part,
  });
const leaky = (id: string) => pipeline(id, { leaks: known([leak]) });
const idOf = (id: string) =>
  stringifyPipelineRef({ provider: 'azure-devops', scope: 'A', id });
const owned = (name: string, owner = 'team-a') => ({
  ...component(name, { 'dev.azure.com/project-repo': `Shop/${name}` }),
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});
const BEGIN = '2026-05-01';
const THEN = '2026-06-30';
const names = (items: Array<{ name: string }>) => items.map(p => p.name).sort();

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('posture as of a day', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start(
      provider: TestProvider,
      entities = [owned('one'), owned('two')],
    ) {
      const posture = await startPosture({
        databases,
        databaseId,
        provider,
        entities,
      });
      const { knex, post } = posture;
      /** Everything that is so today has been so since the beginning. */
      const since = async (day: string) => {
        for (const table of [
          'pipelines',
          'findings',
          'entities',
          'entity_pipelines',
          'org',
        ])
          await knex(table).update({ valid_from: day });
      };
      const check = (id: string) => post(`/pipelines/${idOf(id)}/check`);
      const body = async (path: string) => (await posture.get(path)).body;
      return { ...posture, since, check, body };
    }

    async function changed() {
      const provider = new TestProvider().has(
        'A',
        leaky('one'),
        pipeline('two'),
      );
      const posture = await start(provider);
      await posture.collected(2);
      await posture.since(BEGIN);
      provider.has('A', pipeline('one'), pipeline('three'));
      const [{ id }] = (await posture.body('/scopes')).items;
      await posture.post(`/scopes/${encodeURIComponent(id)}/run`);
      const collected = await until(async () => {
        const { items } = await posture.body('/pipelines');
        return names(items).join() === 'one,three';
      });
      if (!collected) throw new Error('the change was not collected');
      return posture;
    }

    it('answers every list, count and file with what was, also of what is gone', async () => {
      const { body, get } = await changed();
      const then = await body(`/pipelines?asOf=${THEN}`);
      expect(then).toMatchObject({ asOf: THEN, total: 2 });
      expect(names(then.items)).toEqual(['one', 'two']);
      const one = then.items.find((p: { name: string }) => p.name === 'one');
      expect(one).toMatchObject({
        compliance: 'non-compliant',
        failing: { critical: 1 },
        entityRefs: ['component:default/one'],
        stale: false,
      });
      expect(one.collectedAt <= `${THEN}T23:59:59.999Z`).toBe(true);
      const control = 'control=no-plaintext-secret&status=fail';
      expect(
        (await body(`/findings?${control}&asOf=${THEN}`)).items,
      ).toMatchObject([
        {
          pipelineName: 'one',
          status: 'fail',
          controlId: 'no-plaintext-secret',
        },
      ]);
      expect((await body(`/findings?${control}`)).total).toBe(0);
      expect(await body(`/summary?asOf=${THEN}`)).toMatchObject({
        asOf: THEN,
        pipelines: 2,
        failingBySeverity: { critical: 1 },
      });
      expect((await body('/summary')).failingBySeverity.critical).toBe(0);
      expect(
        (await body(`/rollups?by=owner&asOf=${THEN}`)).items,
      ).toMatchObject([
        { ref: 'group:default/team-a', entities: 2, pipelines: 2 },
      ]);
      expect((await body('/rollups?by=owner')).items).toMatchObject([
        { entities: 1, pipelines: 1 },
      ]);
      expect((await body(`/facets?asOf=${THEN}`)).control).toContainEqual({
        value: 'no-plaintext-secret',
        count: 1,
      });
      const csv = (await get(`/export/csv?asOf=${THEN}&sort=name`)).text
        .trim()
        .split('\r\n');
      expect(csv).toHaveLength(3);
      expect(csv[2]).toContain(',two,');
    });

    it('shows an entity and a pipeline as they were', async () => {
      const { body } = await changed();
      const entity = await body(`/entities/component/default/one?asOf=${THEN}`);
      expect(entity).toMatchObject({
        asOf: THEN,
        state: 'scored',
        summary: { compliance: 'non-compliant' },
      });
      expect(entity.findings).toContainEqual(
        expect.objectContaining({
          controlId: 'no-plaintext-secret',
          status: 'fail',
        }),
      );
      const now = await body('/entities/component/default/one');
      expect(now.findings).not.toContainEqual(
        expect.objectContaining({
          controlId: 'no-plaintext-secret',
          status: 'fail',
        }),
      );
      expect(now.summary.score).toBeGreaterThan(entity.summary.score);
      // Days after the one that was asked for are not part of its past.
      expect(entity.summary.recent).toEqual([]);
      expect(now.summary.recent.at(-1).score).toBe(now.summary.score);
      const gone = await body(`/pipelines/${idOf('two')}?asOf=${THEN}`);
      expect(gone).toMatchObject({ asOf: THEN, pipeline: { name: 'two' } });
      const counted = gone.findings.filter(
        (f: { preview: boolean }) => !f.preview,
      );
      for (const status of ['pass', 'fail', 'unknown', 'not-applicable'])
        expect([
          status,
          counted.filter((f: { status: string }) => f.status === status).length,
        ]).toEqual([status, gone.pipeline.counts[status]]);
      expect(
        (await body(`/entities/component/default/two?asOf=${THEN}`)).state,
      ).toBe('scored');
    });

    it('tells the history of an entity until a day, whatever came after', async () => {
      const { body, knex } = await changed();
      const path = '/entities/component/default/one/history';
      await knex('changes')
        .where({ cause: 'pipeline-added' })
        .update({
          at: `${BEGIN}T08:00:00.000Z`,
        });
      const [{ rubric }] = await knex('changes').select('rubric').limit(1);
      for (let n = 0; n < 60; n++)
        await knex('changes').insert({
          event_id: `later-${n}`,
          at: new Date().toISOString(),
          pipeline_id: idOf('one'),
          cause: 'setting-changed',
          transitions: '[]',
          rubric,
        });
      const subject = 'entity:component:default/one';
      const numbers = { score: 1, grade: 0, compliance: 0 };
      await knex('posture_daily').insert({
        ...{ subject, day: '2026-06-01', last_day: '2026-06-02' },
        ...{ ...numbers, failing: 1, unknown: 0 },
      });
      const { changes, trend, asOf } = await body(`${path}?asOf=${THEN}`);
      expect(asOf).toBe(THEN);
      expect(changes.map((c: { cause: string }) => c.cause)).toEqual([
        'pipeline-added',
      ]);
      const then = await body(`/entities/component/default/one?asOf=${THEN}`);
      // The last one is what the entity was on that day, though nothing was read.
      expect(
        trend.map((p: { day: string; score: number }) => [p.day, p.score]),
      ).toEqual([
        ['2026-06-01', 1],
        ['2026-06-02', 1],
        [THEN, then.summary.score],
      ]);
      expect(then.summary.recent.at(-1)).toEqual({
        day: THEN,
        score: then.summary.score,
      });
    });

    it('lists every control with the result that it had, those that passed among them', async () => {
      const unknown = {
        known: false as const,
        reason: {
          code: 'permission-missing' as const,
          message: 'The call was refused.',
          actor: 'platform-team' as const,
          action: 'Grant it.',
        },
      };
      const provider = new TestProvider().has(
        'A',
        pipeline('one', { leaks: known([leak]), editors: unknown }),
        pipeline('two', { editors: unknown }),
      );
      const { collected, since, check, body, knex } = await start(provider);
      await collected(2);
      type Listed = Array<Record<string, string>>;
      const resultsOf = async (id: string, query = '') => {
        const detail = await body(`/pipelines/${idOf(id)}${query}`);
        return (detail.findings as Listed)
          .map(f => [f.controlId, f.status, f.severity, f.dimension, f.title])
          .sort();
      };
      const quietOf = async (query = '') =>
        (
          (await body(`/entities/component/default/one${query}`))
            .quiet as Listed
        )
          .map(({ controlId, status }) => `${controlId} ${status}`)
          .sort();
      const results = {
        one: await resultsOf('one'),
        two: await resultsOf('two'),
      };
      const quiet = await quietOf();
      expect(new Set(results.one.map(([, status]) => status))).toEqual(
        new Set(['pass', 'fail', 'unknown', 'not-applicable']),
      );
      await since(BEGIN);
      provider.has('A', pipeline('one', { leaks: unknown, stages: unknown }));
      await check('one');
      // One has changed since, the other is as it was.
      expect(await knex('pipeline_versions').pluck('id')).toEqual([
        idOf('one'),
      ]);
      expect(await resultsOf('one')).not.toEqual(results.one);
      expect(await resultsOf('one', `?asOf=${THEN}`)).toEqual(results.one);
      expect(await resultsOf('two', `?asOf=${THEN}`)).toEqual(results.two);
      expect(await quietOf(`?asOf=${THEN}`)).toEqual(quiet);
      const { findings } = await body(`/pipelines/${idOf('one')}?asOf=${THEN}`);
      expect(
        findings.find((f: { status: string }) => f.status === 'pass'),
      ).toMatchObject({
        since: expect.stringMatching(/^20/),
        instances: [{ observed: expect.stringMatching(/is not kept/) }],
      });
    });

    it('says that an entity was not recorded then', async () => {
      const { body, knex } = await changed();
      await knex('entity_pipeline_versions').delete();
      const { state, pipelines } = await body(
        `/entities/component/default/two?asOf=${THEN}`,
      );
      expect({ state, pipelines }).toEqual({
        state: 'not-recorded',
        pipelines: [],
      });
    });

    it('keeps stages and identities of a pipeline that changed since', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('one', { stages: known([aStage({ name: 'Live' })]) }),
      );
      const { collected, since, check, body } = await start(provider);
      await collected(1);
      await since(BEGIN);
      provider.has('A', pipeline('one', { stages: known([]) }));
      await check('one');
      const then = await body(`/pipelines/${idOf('one')}?asOf=${THEN}`);
      expect(then.stages).toMatchObject([{ name: 'Live', tier: 'production' }]);
      expect(then.pipeline.reachesProduction).toBe('yes');
      expect((await body(`/pipelines/${idOf('one')}`)).stages).toEqual([]);
      expect(
        (await body(`/pipelines?tier=production&asOf=${THEN}`)).total,
      ).toBe(1);
      expect((await body('/pipelines?tier=production')).total).toBe(0);
    });

    it('shows exemptions as they were', async () => {
      const provider = new TestProvider().has('A', leaky('one'));
      const { collected, since, post, get, body, knex } = await start(provider);
      await collected(1);
      await since(BEGIN);
      const user = (name: string) =>
        mockCredentials.user.header(`user:default/${name}`);
      const { body: requested } = await post('/exemptions', user('olga')).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('one'),
        type: 'risk-accepted',
        reason: 'The vendor cannot change it before spring.',
      });
      await post(`/exemptions/${requested.id}/approve`, user('aaron')).send({});
      expect((await body('/findings?status=exempt')).total).toBe(1);
      expect((await body(`/findings?status=exempt&asOf=${THEN}`)).total).toBe(
        0,
      );
      expect(
        (
          await body(
            `/findings?status=fail&control=no-plaintext-secret&asOf=${THEN}`,
          )
        ).total,
      ).toBe(1);
      const states = async (query: string) =>
        (await get(`/exemptions${query}`, user('olga'))).body.items.map(
          (e: { state: string }) => e.state,
        );
      expect(await states('')).toEqual(['active']);
      expect(await states(`?asOf=${THEN}`)).toEqual([]);
      await knex('exemptions').update({
        requested_at: `${BEGIN}T08:00:00.000Z`,
      });
      await knex('exemption_events')
        .where({ what: 'requested' })
        .update({ at: `${BEGIN}T08:00:00.000Z` });
      expect(await states(`?asOf=${THEN}`)).toEqual(['waiting']);
      expect(await states(`?asOf=${THEN}&state=active`)).toEqual([]);
    });

    it.each([
      ['2099-01-01', /has not come/],
      ['2020-01-01', /first day is/],
      ['2026-02-30', /write a day as/],
      ['yesterday', /write a day as/],
    ])('refuses %s and says why', async (day, message) => {
      const { collected, get } = await start(
        new TestProvider().has('A', pipeline('one')),
      );
      await collected(1);
      for (const path of [
        '/pipelines',
        '/findings',
        '/summary',
        '/export/csv',
        `/pipelines/${idOf('one')}`,
        '/entities/component/default/one',
      ]) {
        const response = await get(`${path}?asOf=${day}`);
        expect([path, response.status]).toEqual([path, 400]);
        expect(response.body.error.message).toMatch(message);
      }
    });

    it('says that nothing has been recorded before the first collection', async () => {
      const { get } = await start(new TestProvider());
      const response = await get(`/pipelines?asOf=${THEN}`);
      expect(response.status).toBe(400);
      expect(response.body.error.message).toMatch(/nothing has been recorded/);
    });

    it('shows nothing of the past that the caller may not see today', async () => {
      const { get, rights } = await changed();
      rights.hidden.add('component:default/one');
      rights.denied.add('pipelinePosture.collector.read');
      const header = mockCredentials.user.header('user:default/other');
      const list = (await get(`/pipelines?asOf=${THEN}`, header)).body;
      expect(names(list.items)).toEqual(['two']);
      expect((await get(`/summary?asOf=${THEN}`, header)).body.pipelines).toBe(
        1,
      );
      expect(
        (await get(`/pipelines/${idOf('one')}?asOf=${THEN}`, header)).status,
      ).toBe(404);
    });

    it('writes nothing where nothing changed', async () => {
      const provider = new TestProvider().has('A', leaky('one'));
      const { collected, since, check, knex } = await start(provider);
      await collected(1);
      await since(BEGIN);
      await check('one');
      for (const table of [
        'pipeline_versions',
        'finding_versions',
        'entity_versions',
        'entity_pipeline_versions',
      ])
        expect([table, await knex(table)]).toEqual([table, []]);
    });
  });
});
