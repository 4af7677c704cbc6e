import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  Leak,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aSnapshot,
  aStage,
  aUnit,
} from 'backstage-plugin-pipeline-posture-node';
import express from 'express';
import request from 'supertest';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';

const leak: Leak = {
  where: 'variable PASSWORD',
  pattern: 'name',
  in: 'setting',
};
const pipeline = (id: string) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    leaks: known([leak]),
    stages: known([
      aStage({
        environment: `${id}-live`,
        units: [
          aUnit({
            kinds: ['deploy'],
            identityIds: known(['shared', `own-${id}`]),
          }),
        ],
      }),
    ]),
    identities: known([
      anIdentity({ id: 'shared' }),
      anIdentity({ id: `own-${id}`, name: `identity of ${id}` }),
    ]),
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
  });
const idOf = (id: string) =>
  stringifyPipelineRef({ provider: 'azure-devops', scope: 'A', id });
const owned = (name: string, owner: string) => ({
  ...component(name, { 'dev.azure.com/project-repo': `Shop/${name}` }),
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});

/** Every route of the plugin, by its path: the permissions that each caller needs, and who may call at all. */
interface Expectation {
  path: string;
  /** Permissions without which the answer is 403. */
  needs?: string[];
  /** Without the permission to see posture, or the entity, it is 404. */
  about?: 'entity';
  callers?: 'people' | 'services';
  body?: object;
  /** Status for somebody who may do everything. */
  ok: number;
}

const READ = 'pipelinePosture.collector.read';
const RUN = 'pipelinePosture.collector.run';
const EXPORT = 'pipelinePosture.report.export';
const EVIDENCE = 'pipelinePosture.evidence.read';
const reason = 'The vendor cannot change it before spring.';

const MATRIX: Record<string, Expectation> = {
  'GET /about': { path: '/about', ok: 200 },
  'GET /controls': { path: '/controls', ok: 200 },
  'GET /controls/:id': { path: '/controls/no-plaintext-secret', ok: 200 },
  'GET /entities': { path: '/entities', ok: 200 },
  'GET /entities/:kind/:namespace/:name': {
    path: '/entities/component/default/mine',
    about: 'entity',
    ok: 200,
  },
  'GET /entities/:kind/:namespace/:name/history': {
    path: '/entities/component/default/mine/history',
    about: 'entity',
    ok: 200,
  },
  'GET /exemptions': { path: '/exemptions', callers: 'people', ok: 200 },
  'GET /exemptions/:id': {
    path: '/exemptions/:exemption',
    callers: 'people',
    about: 'entity',
    ok: 200,
  },
  'POST /exemptions': {
    path: '/exemptions',
    callers: 'people',
    about: 'entity',
    needs: ['pipelinePosture.exemption.create'],
    body: {
      controlId: 'no-plaintext-secret',
      pipelineId: idOf('mine'),
      type: 'risk-accepted',
      reason,
    },
    ok: 201,
  },
  'POST /exemptions/:id/:decision(approve|reject|revoke)': {
    path: '/exemptions/:exemption/approve',
    callers: 'people',
    about: 'entity',
    needs: ['pipelinePosture.exemption.approve'],
    body: {},
    ok: 200,
  },
  'GET /export/:format(csv|json)': {
    path: '/export/csv',
    needs: [EXPORT],
    ok: 200,
  },
  'GET /export/evidence': {
    path: '/export/evidence',
    needs: [EXPORT, EVIDENCE],
    ok: 200,
  },
  'GET /facets': { path: '/facets', ok: 200 },
  'GET /findings': { path: '/findings', ok: 200 },
  'GET /gate': {
    path: `/gate?pipeline=${encodeURIComponent(idOf('mine'))}`,
    about: 'entity',
    ok: 200,
  },
  'GET /health': { path: '/health', needs: [READ], ok: 200 },
  'GET /heatmap': { path: '/heatmap?by=owner', ok: 200 },
  'GET /identities': { path: '/identities', ok: 200 },
  'GET /identities/:id': {
    path: '/identities/own-mine',
    about: 'entity',
    ok: 200,
  },
  'GET /labels': { path: '/labels', callers: 'services', ok: 200 },
  'GET /missing-links': { path: '/missing-links', needs: [READ], ok: 200 },
  'GET /pipelines': { path: '/pipelines', ok: 200 },
  'GET /pipelines/:id': {
    path: `/pipelines/${idOf('mine')}`,
    about: 'entity',
    ok: 200,
  },
  'GET /pipelines/:id/controls/:controlId/history': {
    path: `/pipelines/${idOf('mine')}/controls/no-plaintext-secret/history`,
    about: 'entity',
    ok: 200,
  },
  'GET /pipelines/:id/sarif': {
    path: `/pipelines/${idOf('mine')}/sarif`,
    about: 'entity',
    ok: 200,
  },
  'POST /pipelines/:id/check': {
    path: `/pipelines/${idOf('mine')}/check`,
    about: 'entity',
    needs: [RUN],
    ok: 200,
  },
  // This source cannot check policies, which is told to those who may ask.
  'POST /pipelines/:id/policy-validation': {
    path: `/pipelines/${idOf('mine')}/policy-validation`,
    about: 'entity',
    needs: [RUN],
    body: { identityId: 'own-mine' },
    ok: 400,
  },
  'GET /rollups': { path: '/rollups?by=owner', ok: 200 },
  'GET /runs': { path: '/runs', needs: [READ], ok: 200 },
  'GET /scopes': { path: '/scopes', needs: [READ], ok: 200 },
  'POST /scopes/:id/run': {
    path: '/scopes/azure-devops~A/run',
    needs: [RUN],
    ok: 202,
  },
  // Nothing is going on there, which is told to those who may stop it.
  'POST /scopes/:id/stop': {
    path: '/scopes/azure-devops~A/stop',
    needs: [RUN],
    ok: 409,
  },
  'GET /progress': { path: '/progress', ok: 200 },
  'GET /summary': { path: '/summary', ok: 200 },
  'GET /trends': { path: '/trends?by=fleet', ok: 200 },
  'GET /trends/pipelines': { path: '/trends/pipelines', ok: 200 },
};

/** Lists and sums, in which what is hidden must leave no trace. */
const SUMS = Object.entries(MATRIX).filter(
  ([route, { about, callers }]) =>
    route.startsWith('GET ') && !about && callers !== 'services',
);

/** The router that the plugin registers, with the routes as they really are. */
const routers: express.Router[] = [];
jest.mock('./api/createRouter', () => {
  const actual = jest.requireActual('./api/createRouter');
  return {
    ...actual,
    createRouter: async (options: unknown) => {
      const router = await actual.createRouter(options);
      routers.push(router);
      return router;
    },
  };
});

const routesOf = (router: express.Router): string[] =>
  router.stack.flatMap(({ route }) =>
    route
      ? Object.keys((route as unknown as { methods: object }).methods).map(
          method => `${method.toUpperCase()} ${route.path}`,
        )
      : [],
  );

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('who may call what', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    const user = (name: string) =>
      mockCredentials.user.header(`user:default/${name}`);
    const service = mockCredentials.service.header();
    let posture: Awaited<ReturnType<typeof startPosture>>;
    let people = 0;
    /** Nothing is remembered of somebody new. */
    const somebody = () => user(`somebody-${people++}`);

    beforeEach(async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('mine'),
        pipeline('hushed'),
        pipeline('orphan'),
      );
      posture = await startPosture({
        databases,
        databaseId,
        provider,
        entities: [
          owned('mine', 'team-a'),
          owned('hushed', 'team-hushed'),
          owned('hushed-lost', 'team-hushed'),
        ],
      });
      await posture.collected(3);
    });

    const call = async (
      { path, body }: Expectation,
      method: string,
      header?: string,
    ) => {
      let target = path;
      if (path.includes(':exemption')) {
        const [row] = await posture.knex('exemptions');
        target = path.replace(':exemption', row.id);
      }
      const made = request(posture.server)[method === 'GET' ? 'get' : 'post'](
        `/api/pipeline-posture${target}`,
      );
      if (header) made.set('Authorization', header);
      return made.send(body);
    };
    const requested = () =>
      posture.post('/exemptions', user('requester')).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('mine'),
        type: 'risk-accepted',
        reason,
      });

    it('has a row for every route, and no row for none', async () => {
      const router = routers[routers.length - 1];
      expect(routesOf(router).sort()).toEqual(Object.keys(MATRIX).sort());
    });

    it.each(Object.entries(MATRIX))('%s', async (route, expected) => {
      const [method] = route.split(' ');
      const { needs = [], about, callers, ok } = expected;
      const seen: Array<[string, number]> = [];
      const wanted: Array<[string, number]> = [];
      const hold = async (who: string, status: number, header: string) => {
        seen.push([who, (await call(expected, method, header)).status]);
        wanted.push([who, status]);
      };
      if (expected.path.includes(':exemption')) await requested();
      await hold('nobody', 401, mockCredentials.none.header());
      if (callers === 'people') await hold('a service', 403, service);
      if (callers === 'services') await hold('a person', 403, user('olga'));
      const { denied, hidden } = posture.rights;
      for (const permission of needs) {
        denied.add(permission);
        await hold(`without ${permission}`, 403, somebody());
        denied.delete(permission);
      }
      if (about === 'entity') {
        denied.add('pipelinePosture.finding.read').add(READ);
        await hold('without the right to see posture', 404, somebody());
        denied.delete('pipelinePosture.finding.read');
        hidden.add('component:default/mine');
        await hold('without the entity', 404, somebody());
        hidden.clear();
        denied.clear();
      }
      const allowed = callers === 'services' ? service : somebody();
      await hold('with all rights', ok, allowed);
      expect(seen).toEqual(wanted);
    });

    it.each(SUMS)('%s tells nothing of what is hidden', async (_, expected) => {
      posture.rights.hidden.add('component:default/hushed');
      posture.rights.hidden.add('component:default/hushed-lost');
      // Pipelines of no entity are for those who look after the collector; so are scopes and runs, which are about no entity.
      if (!expected.needs?.includes(READ)) posture.rights.denied.add(READ);
      const response = await call(expected, 'GET', somebody()).then(r => r);
      expect(response.status).toBe(200);
      const text = response.text ?? JSON.stringify(response.body);
      expect(text).not.toMatch(
        /hushed-live|"hushed"|hushed-lost|team-hushed|~hushed|own-hushed|identity of hushed/,
      );
      const mayNameOrphans = expected.needs?.includes(READ) ?? false;
      expect(mayNameOrphans || !text.includes('orphan')).toBe(true);
    });

    it('counts nothing that is hidden', async () => {
      posture.rights.hidden.add('component:default/hushed');
      posture.rights.denied.add(READ);
      const header = somebody();
      const body = async (path: string) =>
        (await posture.get(path, header)).body;
      expect((await body('/pipelines')).total).toBe(1);
      expect((await body('/summary')).pipelines).toBe(1);
      expect((await body('/facets')).total).toBe(1);
      expect(await body('/entities')).toMatchObject({
        total: 1,
        items: [{ entityRef: 'component:default/mine', pipelines: 1 }],
      });
      expect((await body('/rollups?by=owner')).items).toMatchObject([
        { ref: 'group:default/team-a', entities: 1, pipelines: 1 },
      ]);
      expect((await body('/heatmap?by=owner')).groups).toMatchObject([
        { ref: 'group:default/team-a', pipelines: 1 },
      ]);
      const findings = await body('/findings?size=100');
      expect(
        new Set(
          findings.items.map((f: { pipelineId: string }) => f.pipelineId),
        ),
      ).toEqual(new Set([idOf('mine')]));
      expect(findings.total).toBe(findings.items.length);
      expect(
        (await body('/controls/no-plaintext-secret')).counts,
      ).toMatchObject({ pipelines: 1, fail: 1 });
      expect((await body('/identities?text=shared')).items).toMatchObject([
        { pipelines: 1, productionTargets: ['mine-live'] },
      ]);
      expect(
        (await posture.get('/export/csv', header)).text.trim().split('\r\n'),
      ).toHaveLength(2);
      for (const path of [
        `/pipelines/${idOf('hushed')}`,
        '/identities/own-hushed',
        '/entities/component/default/hushed',
      ])
        expect([path, (await posture.get(path, header)).status]).toEqual([
          path,
          404,
        ]);
    });

    it('gives evidence to nobody who may not see it', async () => {
      posture.rights.denied.add(EVIDENCE);
      const header = somebody();
      for (const path of [
        '/findings',
        `/pipelines/${idOf('mine')}`,
        '/entities/component/default/mine',
      ]) {
        const { text } = await posture.get(path, header);
        expect(text).toContain('"evidence":[]');
        expect(text).not.toMatch(/"evidence":\[\{/);
        expect(text).not.toContain('evidenceSha256');
      }
    });
  });
});
