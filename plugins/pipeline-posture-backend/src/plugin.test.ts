import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import {
  aSnapshot,
  aStage,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';
import { until } from './__testUtils__/until';

const pipeline = (id: string, part = {}) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    locators: [
      {
        annotation: 'dev.azure.com/project-repo',
        value: `Shop/${id}`,
        hostOrganisation: 'dev.azure.com/example',
      },
    ],
    ...part,
  });
const idOf = (id: string) =>
  stringifyPipelineRef({ provider: 'azure-devops', scope: 'A', id });
const repo = (name: string) => ({
  'dev.azure.com/project-repo': `Shop/${name}`,
});
const service = mockCredentials.service.header();

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('pipeline-posture', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    const start = (
      provider: TestProvider,
      entities = [component('good', repo('good'))],
      config = {},
    ) => startPosture({ databases, databaseId, provider, entities, config });

    const threePipelines = () =>
      new TestProvider().has(
        'A',
        pipeline('good'),
        pipeline('weak', {
          stages: known([aStage()]),
          leaks: known([
            { where: 'variable PASSWORD', pattern: 'name', in: 'setting' },
          ]),
        }),
        pipeline('orphan', { locators: [] }),
      );

    const entities = () => [
      component('good', repo('good')),
      component('weak', repo('weak')),
      component('lost', repo('nowhere')),
      component('odd', { 'dev.azure.com/project-repo': 'not-a-pair' }),
      component('plain'),
    ];

    it('answers for an entity with its pipelines, findings and what to do first', async () => {
      const { get, collected } = await start(threePipelines(), entities());
      await collected(3);
      const { body, status } = await get('/entities/component/default/weak');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        state: 'scored',
        summary: {
          compliance: 'non-compliant',
          fromProduction: true,
          weakestPipeline: { name: 'weak' },
        },
        pipelines: [
          {
            name: 'weak',
            reachesProduction: 'yes',
            entityRefs: ['component:default/weak'],
          },
        ],
      });
      const failing = body.findings.filter(
        (f: { status: string }) => f.status === 'fail',
      );
      expect(failing.map((f: { controlId: string }) => f.controlId)).toEqual(
        expect.arrayContaining([
          'no-plaintext-secret',
          'production-needs-approval',
        ]),
      );
      expect(body.summary.counts.fail).toBe(failing.length);
      expect(body.summary.fixFirst.length).toBeLessThanOrEqual(3);
      const listed = [...body.findings, ...body.quiet].length;
      expect(listed).toBe(body.controls.length);
    });

    it('says what state an entity without results is in', async () => {
      const provider = threePipelines();
      let go = () => {};
      const gate = new Promise<void>(open => {
        go = open;
      });
      provider.before = () => gate;
      const { get, collected } = await start(provider, entities());
      const stateOf = async (name: string) =>
        (await get(`/entities/component/default/${name}`)).body;
      expect(await stateOf('weak')).toMatchObject({ state: 'scheduled' });
      go();
      await collected(3);
      expect(await stateOf('lost')).toMatchObject({
        state: 'not-found',
        unmatched: [
          { annotation: 'dev.azure.com/project-repo', value: 'Shop/nowhere' },
        ],
      });
      expect(await stateOf('odd')).toMatchObject({
        state: 'not-found',
        unmatched: [
          { problem: expect.stringContaining('<project>/<repository>') },
        ],
      });
      expect(await stateOf('plain')).toMatchObject({ state: 'no-annotation' });
    });

    it('waits with "not found" until every scope was tried, and no longer, also where one always fails', async () => {
      const provider = threePipelines().has('B', pipeline('elsewhere'));
      let go = () => {};
      const gate = new Promise<void>(open => {
        go = open;
      });
      provider.before = async scope => {
        if (scope.id !== 'B') return;
        await gate;
        throw new Error('the source is down');
      };
      const { get } = await start(provider, entities());
      const stateOf = async () =>
        (await get('/entities/component/default/lost')).body.state;
      await until(async () => {
        const { items } = (await get('/scopes')).body;
        return items.some((s: { state: string }) => s.state === 'ok');
      });
      // One scope was read; the pipeline may be in the other.
      expect(await stateOf()).toBe('scheduled');
      go();
      await until(async () => (await stateOf()) === 'not-found');
      expect(await stateOf()).toBe('not-found');
    });

    it('hides what the caller may not read, in every list and count', async () => {
      const { get, post, rights, collected } = await start(
        threePipelines(),
        entities(),
      );
      await collected(3);
      expect((await get('/pipelines')).body.total).toBe(3);
      rights.hidden.add('component:default/weak');
      rights.denied.add('pipelinePosture.collector.read');
      // Another user, for whom nothing is remembered yet.
      const header = mockCredentials.user.header('user:default/other');
      expect(
        (await get('/entities/component/default/weak', header)).status,
      ).toBe(404);
      expect(
        (await get('/entities/component/default/nothing', header)).status,
      ).toBe(404);
      const list = await get('/pipelines', header);
      expect(list.body.total).toBe(1);
      expect(list.body.items.map((p: { name: string }) => p.name)).toEqual([
        'good',
      ]);
      expect((await get(`/pipelines/${idOf('weak')}`, header)).status).toBe(
        404,
      );
      expect((await get(`/pipelines/${idOf('orphan')}`, header)).status).toBe(
        404,
      );
      expect(
        (await post(`/pipelines/${idOf('weak')}/check`, header)).status,
      ).toBe(404);
      const findings = await get('/findings?status=fail', header);
      expect(
        findings.body.items.filter(
          (f: { pipelineName: string }) => f.pipelineName !== 'good',
        ),
      ).toEqual([]);
      expect((await get('/pipelines?text=weak', header)).body.total).toBe(0);
      expect(
        (await get('/pipelines?entityRef=component:default/weak', header)).body
          .total,
      ).toBe(0);
    });

    it.each([
      [
        'pipelinePosture.finding.read',
        'get',
        '/entities/component/default/weak',
        404,
      ],
      ['pipelinePosture.collector.read', 'get', '/scopes', 403],
      ['pipelinePosture.collector.read', 'get', '/runs', 403],
      [
        'pipelinePosture.collector.run',
        'post',
        `/pipelines/${idOf('weak')}/check`,
        403,
      ],
    ] as const)(
      'without %s, %s %s answers %d',
      async (permission, method, path, status) => {
        const { get, post, rights, collected } = await start(
          threePipelines(),
          entities(),
        );
        await collected(3);
        expect((await (method === 'get' ? get : post)(path)).status).toBe(200);
        rights.denied.add(permission);
        expect((await (method === 'get' ? get : post)(path)).status).toBe(
          status,
        );
      },
    );

    it('keeps evidence from those who may not see it', async () => {
      const { get, rights, collected } = await start(
        threePipelines(),
        entities(),
      );
      await collected(3);
      rights.denied.add('pipelinePosture.evidence.read');
      for (const path of [
        '/entities/component/default/weak',
        `/pipelines/${idOf('weak')}`,
        '/findings',
      ]) {
        const { body } = await get(path);
        const list = body.findings ?? body.items;
        expect(list.length).toBeGreaterThan(0);
        expect(
          list.flatMap((f: { instances: Array<{ evidence: unknown[] }> }) =>
            f.instances.flatMap(i => i.evidence),
          ),
        ).toEqual([]);
      }
    });

    it('filters, sorts and pages pipelines in the database', async () => {
      const provider = new TestProvider().has(
        'A',
        ...Array.from({ length: 7 }, (_, i) =>
          pipeline(`p${i}`, i % 2 ? { leaks: notRead() } : {}),
        ),
      );
      const { get, collected } = await start(provider, []);
      await collected(7);
      const names = async (query: string) =>
        (await get(`/pipelines?${query}`)).body.items.map(
          (p: { name: string }) => p.name,
        );
      expect(await names('sort=name&order=desc&size=3')).toEqual([
        'p6',
        'p5',
        'p4',
      ]);
      expect(await names('sort=name&size=3&page=3')).toEqual(['p6']);
      expect(
        await names('control=no-plaintext-secret&status=unknown&sort=name'),
      ).toEqual(['p1', 'p3', 'p5']);
      expect(await names('text=P3')).toEqual(['p3']);
      expect(await names('text=%25')).toEqual([]);
      expect((await get('/pipelines?linked=false')).body.total).toBe(7);
      expect((await get('/pipelines?linked=true')).body.total).toBe(0);
      const { body } = await get('/pipelines?provider=nowhere');
      expect(body).toEqual({ items: [], total: 0, page: 1, size: 25 });
    });

    it.each([
      ['/pipelines?size=101', /size/],
      ['/pipelines?page=0', /page/],
      ['/pipelines?grade=Z', /grade/],
      ['/pipelines?sort=colour', /sort/],
      ['/pipelines?colour=red', /colour/],
      ['/findings?severity=awful', /severity/],
      ['/pipelines/nonsense', /<provider>~<scope>~<id>/],
    ])('says what is wrong with %s', async (path, message) => {
      const { get } = await start(new TestProvider());
      const { status, body } = await get(path);
      expect(status).toBe(400);
      expect(body.error.message).toMatch(message);
    });

    it('shows a pipeline with the result of every control', async () => {
      const { get, collected } = await start(threePipelines(), entities());
      await collected(3);
      const { body } = await get(`/pipelines/${idOf('weak')}`);
      expect(
        body.findings.map((f: { controlId: string }) => f.controlId),
      ).toEqual(body.controls.map((c: { id: string }) => c.id));
      expect(body.stages).toEqual([
        { name: 'Production', deploys: true, tier: 'production', gates: [] },
      ]);
    });

    it('checks a pipeline again on request', async () => {
      const provider = threePipelines();
      const { get, post, collected } = await start(provider, entities());
      await collected(3);
      provider.has('A', pipeline('good'), pipeline('weak'));
      const checked = await post(`/pipelines/${idOf('weak')}/check`);
      expect(checked.body.status).toBe('succeeded');
      const { body } = await get('/entities/component/default/weak');
      expect(body.summary.compliance).not.toBe('non-compliant');
    });

    it('gives labels to services only, and then what changed', async () => {
      const provider = threePipelines();
      const { get, post, collected } = await start(provider, entities());
      await collected(3);
      expect((await get('/labels')).status).toBe(403);
      const all = await get('/labels', service);
      expect(all.body).toMatchObject({ complete: true, more: false });
      expect(all.body.items).toContainEqual({
        entityRef: 'component:default/weak',
        compliance: 'non-compliant',
        grade: expect.any(String),
      });
      const since = all.body.cursor;
      expect((await get(`/labels?since=${since}`, service)).body).toMatchObject(
        { items: [], complete: false },
      );
      provider.has('A', pipeline('weak'));
      await post(`/pipelines/${idOf('weak')}/check`);
      const { body } = await get(`/labels?since=${since}`, service);
      expect(body.items.map((l: { entityRef: string }) => l.entityRef)).toEqual(
        ['component:default/weak'],
      );
      expect((await get('/labels?since=999999', service)).body.complete).toBe(
        true,
      );
    });

    it('lists scopes and runs with what could not be read', async () => {
      const provider = threePipelines();
      provider.content.get('A')?.push({
        type: 'problem',
        problem: {
          subject: 'project A',
          effect: 'Approvals are unknown.',
          reason: {
            code: 'permission-missing',
            message: 'No.',
            permission: 'vso.build',
            actor: 'platform-team',
            action: 'Grant it.',
          },
        },
      });
      const { get, collected } = await start(provider, entities());
      await collected(3);
      const { body } = await get('/scopes');
      expect(body.items).toMatchObject([
        {
          title: 'project A',
          state: 'incomplete',
          pipelines: 3,
          lastRun: { problems: [{ reason: { permission: 'vso.build' } }] },
        },
      ]);
      expect((await get('/runs')).body).toMatchObject({
        total: 1,
        items: [{ status: 'succeeded', pipelinesDone: 3 }],
      });
    });

    it('reads a scope before its turn on request', async () => {
      const provider = threePipelines();
      const { get, post, collected, rights } = await start(
        provider,
        entities(),
      );
      await collected(3);
      const [{ id }] = (await get('/scopes')).body.items;
      const path = `/scopes/${encodeURIComponent(id)}/run`;
      expect((await post(path)).status).toBe(202);
      // Whichever replica has room takes it, at its next look.
      await until(() => provider.collected.length >= 2);
      expect(provider.collected.length).toBeGreaterThan(1);
      expect((await post('/scopes/nothing/run')).status).toBe(404);
      rights.denied.add('pipelinePosture.collector.run');
      expect((await post(path)).status).toBe(403);
    });

    it('does not start with a wrong setting, and names it', async () => {
      await expect(
        start(new TestProvider(), [], { collector: { scopesAtOnce: 'many' } }),
      ).rejects.toThrow(/pipelinePosture\.collector\.scopesAtOnce/);
    });
  });
});
