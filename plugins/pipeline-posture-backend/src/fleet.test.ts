import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  Leak,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot, aStage } from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';

const leak = (where: string): Leak => ({
  where,
  pattern: 'name',
  in: 'setting',
});
const pipeline = (id: string, part = {}) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    alerts: known([
      {
        name: 'on call',
        on: ['failure', 'pipeline-change'],
        effective: known(true),
      },
    ]),
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
    ...part,
  });
const leaky = (id: string, where = 'variable PASSWORD') =>
  pipeline(id, { leaks: known([leak(where)]) });
const idOf = (id: string) =>
  stringifyPipelineRef({ provider: 'azure-devops', scope: 'A', id });
const owned = (name: string, owner = 'team-a') => ({
  ...component(name, { 'dev.azure.com/project-repo': `Shop/${name}` }),
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});
const user = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const reason = 'The vendor cannot change it before spring.';

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('pipeline-posture: history, exemptions and fleet', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start(provider: TestProvider, entities = [owned('bad')]) {
      const posture = await startPosture({
        databases,
        databaseId,
        provider,
        entities,
      });
      const check = (id: string) =>
        posture.post(`/pipelines/${idOf(id)}/check`);
      const history = async (name: string) =>
        (await posture.get(`/entities/component/default/${name}/history`)).body;
      return { ...posture, check, history };
    }

    it('tells what changed and why, and draws a trend', async () => {
      const provider = new TestProvider().has('A', pipeline('bad'));
      const { collected, check, history } = await start(provider);
      await collected(1);
      provider.has('A', leaky('bad'));
      await check('bad');
      await check('bad');
      const { changes, trend } = await history('bad');
      expect(changes.map((c: { cause: string }) => c.cause)).toEqual([
        'setting-changed',
        'pipeline-added',
      ]);
      expect(changes[0]).toMatchObject({
        ruleChange: false,
        transitions: [
          { controlId: 'no-plaintext-secret', from: 'pass', to: 'fail' },
        ],
        before: { compliance: expect.any(String) },
        after: { compliance: 'non-compliant' },
      });
      expect(trend).toHaveLength(1);
      expect(trend[0]).toMatchObject({
        failing: 1,
        compliance: 'non-compliant',
      });
    });

    it('takes an exemption from request to approval by somebody else, and shows both scores', async () => {
      const { collected, get, post } = await start(
        new TestProvider().has('A', leaky('bad')),
      );
      await collected(1);
      const before = (await get('/entities/component/default/bad')).body
        .summary;
      const requested = await post('/exemptions', user('olga')).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('bad'),
        type: 'risk-accepted',
        reason,
      });
      expect(requested.status).toBe(201);
      expect(requested.body).toMatchObject({
        state: 'waiting',
        may: { approve: false, revoke: true },
      });
      expect(
        (await get('/entities/component/default/bad')).body.summary.score,
      ).toBe(before.score);
      const { id } = requested.body;
      expect(
        (await post(`/exemptions/${id}/approve`, user('olga')).send({})).status,
      ).toBe(403);
      const approved = await post(
        `/exemptions/${id}/approve`,
        user('aaron'),
      ).send({ comment: 'Fine.' });
      expect(approved.body).toMatchObject({
        state: 'active',
        decidedBy: 'user:default/aaron',
      });
      expect(approved.body.events.map((e: { what: string }) => e.what)).toEqual(
        ['requested', 'approved'],
      );
      const after = (await get('/entities/component/default/bad')).body;
      expect(after.summary.counts).toMatchObject({
        exempt: 1,
        fail: before.counts.fail - 1,
      });
      expect(after.summary.score).toBeGreaterThan(before.score);
      expect(after.summary.withoutExemptions.score).toBe(before.score);
      expect(after.findings).toContainEqual(
        expect.objectContaining({
          controlId: 'no-plaintext-secret',
          status: 'fail',
          exempt: true,
        }),
      );
      expect((await get('/findings?status=exempt')).body.total).toBe(1);
      expect(
        (await get('/findings?status=fail&control=no-plaintext-secret')).body
          .total,
      ).toBe(0);
      const revoked = await post(
        `/exemptions/${id}/revoke`,
        user('aaron'),
      ).send({ comment: 'It is spring.' });
      expect(revoked.body.state).toBe('revoked');
      expect(
        (await get('/entities/component/default/bad')).body.summary.score,
      ).toBe(before.score);
    });

    it('ends an exemption when what is observed changes', async () => {
      const provider = new TestProvider().has('A', leaky('bad'));
      const { collected, get, post, check, history } = await start(provider);
      await collected(1);
      const { body } = await post('/exemptions', user('olga')).send({
        controlId: 'no-plaintext-secret',
        entityRef: 'component:default/bad',
        type: 'risk-accepted',
        reason,
      });
      await post(`/exemptions/${body.id}/approve`, user('aaron')).send({});
      await check('bad');
      expect((await get('/findings?status=exempt')).body.total).toBe(1);
      provider.has('A', leaky('bad', 'variable ANOTHER_PASSWORD'));
      await check('bad');
      expect((await get('/findings?status=exempt')).body.total).toBe(0);
      const [exemption] = (await get('/exemptions', user('olga'))).body.items;
      expect(exemption).toMatchObject({ state: 'lapsed' });
      expect(exemption.events.at(-1)).toMatchObject({ what: 'lapsed' });
      const causes = (await history('bad')).changes.map(
        (c: { cause: string }) => c.cause,
      );
      expect(causes).toEqual(
        expect.arrayContaining(['exemption-started', 'exemption-ended']),
      );
    });

    it.each([
      [{ reason: 'too short' }, 400, /reason/],
      [{ type: 'mitigated' }, 400, /mitigation/],
      [{ until: '2020-01-01' }, 400, /until: the day has passed/],
      [{ until: '2099-01-01' }, 400, /until: at most 365 days/],
      [{ until: '2027-02-31' }, 400, /until/],
      [{ controlId: 'no-such-control' }, 400, /controlId/],
      [{ controlId: 'production-needs-approval' }, 409, /nothing to exempt/],
      [
        { entityRef: 'component:default/bad' },
        400,
        /either pipelineId or entityRef/,
      ],
      [{ pipelineId: idOf('hidden') }, 404, /does not exist/],
    ])('refuses a request with %j', async (part, status, message) => {
      const { collected, post } = await start(
        new TestProvider().has('A', leaky('bad')),
      );
      await collected(1);
      const response = await post('/exemptions', user('olga')).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('bad'),
        type: 'risk-accepted',
        reason,
        ...part,
      });
      expect(response.status).toBe(status);
      expect(response.body.error.message).toMatch(message);
    });

    it('refuses a second request for the same, and decisions without the right', async () => {
      const { collected, post, get, rights } = await start(
        new TestProvider().has('A', leaky('bad')),
      );
      await collected(1);
      const request = {
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('bad'),
        type: 'risk-accepted',
        reason,
      };
      const first = await post('/exemptions', user('olga')).send(request);
      expect(
        (await post('/exemptions', user('paul')).send(request)).status,
      ).toBe(409);
      expect(
        (
          await post(`/exemptions/${first.body.id}/reject`, user('aaron')).send(
            {},
          )
        ).status,
      ).toBe(400);
      rights.denied.add('pipelinePosture.exemption.approve');
      expect(
        (
          await post(
            `/exemptions/${first.body.id}/approve`,
            user('aaron'),
          ).send({})
        ).status,
      ).toBe(403);
      rights.denied.add('pipelinePosture.exemption.create');
      expect(
        (await post('/exemptions', user('paul')).send(request)).status,
      ).toBe(403);
      rights.hidden.add('component:default/bad');
      expect((await get('/exemptions', user('stranger'))).body.items).toEqual(
        [],
      );
      expect(
        (
          await post(
            `/exemptions/${first.body.id}/approve`,
            user('stranger'),
          ).send({})
        ).status,
      ).toBe(404);
    });

    it('sums up the fleet, by owner too, over what the caller may see', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('good'),
        leaky('bad'),
        leaky('worse'),
      );
      const entities = [
        owned('good', 'team-a'),
        owned('bad', 'team-a'),
        owned('worse', 'team-b'),
      ];
      const { collected, get, rights } = await start(provider, entities);
      await collected(3);
      const summary = (await get('/summary')).body;
      expect(summary).toMatchObject({
        pipelines: 3,
        linked: 3,
        failingBySeverity: { critical: 2 },
      });
      expect(summary.controls[0]).toEqual({
        controlId: 'no-plaintext-secret',
        failing: 2,
        unknown: 0,
      });
      const total = Object.values(summary.byGrade).reduce(
        (sum: number, n) => sum + Number(n),
        0,
      );
      expect(total).toBe(3);
      expect(
        (await get('/pipelines?control=no-plaintext-secret&status=fail')).body
          .total,
      ).toBe(2);
      // Somebody who is in many groups asks for what all of them own.
      const mine = new URLSearchParams(
        Array.from({ length: 300 }, (_, i) => ['owner', `group:default/g${i}`]),
      );
      mine.append('owner', 'group:default/team-b');
      expect((await get(`/summary?${mine}`)).body).toMatchObject({
        pipelines: 1,
      });
      const rollUps = (await get('/rollups?by=owner')).body.items;
      expect(
        rollUps.map((r: { ref: string; entities: number }) => [
          r.ref,
          r.entities,
        ]),
      ).toEqual([
        ['group:default/team-b', 1],
        ['group:default/team-a', 2],
      ]);
      expect(rollUps[1].failingControls[0]).toMatchObject({
        controlId: 'no-plaintext-secret',
        pipelines: 1,
      });
      rights.hidden.add('component:default/worse');
      rights.denied.add('pipelinePosture.collector.read');
      expect((await get('/summary', user('other'))).body).toMatchObject({
        pipelines: 2,
        failingBySeverity: { critical: 1 },
      });
      expect(
        (await get('/rollups?by=owner', user('other'))).body.items,
      ).toHaveLength(1);
    });

    it('exports what the list shows, and nothing that a spreadsheet would run', async () => {
      const provider = new TestProvider().has(
        'A',
        leaky('bad'),
        pipeline('=cmd()'),
      );
      const { collected, get, rights } = await start(provider);
      await collected(2);
      const csv = await get('/export/csv?sort=name');
      expect(csv.headers['content-disposition']).toMatch(
        /pipeline-posture_\d{4}-\d{2}-\d{2}\.csv/,
      );
      const lines = csv.text.trim().split('\r\n');
      expect(lines).toHaveLength(3);
      // A contract: columns are added at the end and never moved.
      expect(lines[0]).toMatch(
        /^\uFEFF?entityRef,pipelineId,platform,owner,system,environment,grade,score,scoreWithoutExemptions,controlsChecked,controlsTotal,failingCritical,failingHigh,failingMedium,failingLow,unknown,exempt,lastChecked,ruleset,asOf,url,/,
      );
      expect(csv.text).toContain(`,'=cmd(),`);
      const json = await get('/export/json?text=bad');
      expect(JSON.parse(json.text)).toMatchObject([{ name: 'bad' }]);
      rights.denied.add('pipelinePosture.report.export');
      expect((await get('/export/csv')).status).toBe(403);
    });

    it('gives findings as SARIF', async () => {
      const { collected, get } = await start(
        new TestProvider().has('A', leaky('bad')),
      );
      await collected(1);
      const { text } = await get(`/pipelines/${idOf('bad')}/sarif`)
        .buffer(true)
        .parse((res, done) => {
          let body = '';
          res.on('data', chunk => (body += chunk));
          res.on('end', () => done(null, body));
        })
        .then(response => ({ text: response.body as string }));
      const sarif = JSON.parse(text);
      expect(sarif.version).toBe('2.1.0');
      expect(sarif.runs[0].results).toMatchObject([
        { ruleId: 'no-plaintext-secret', level: 'error' },
      ]);
    });

    it('answers a pipeline that asks whether it may go on', async () => {
      const provider = new TestProvider().has(
        'A',
        leaky('bad', 'x'),
        pipeline('good'),
        pipeline('live', { stages: known([aStage()]) }),
      );
      const { collected, get } = await start(provider);
      await collected(3);
      const service = mockCredentials.service.header();
      expect(
        (
          await get(
            `/gate?pipeline=${encodeURIComponent(idOf('good'))}`,
            service,
          )
        ).body,
      ).toMatchObject({
        decision: expect.any(String),
        asOf: expect.any(String),
      });
      const stopped = (
        await get(`/gate?pipeline=${encodeURIComponent(idOf('bad'))}`, service)
      ).body;
      expect(stopped).toMatchObject({
        decision: 'stop',
        compliance: 'non-compliant',
        reasons: [
          {
            controlId: 'no-plaintext-secret',
            status: 'fail',
            action: expect.stringMatching(/./),
          },
        ],
      });
      expect(
        (
          await get(
            `/gate?pipeline=${encodeURIComponent(idOf('nothing'))}`,
            service,
          )
        ).status,
      ).toBe(404);
    });
  });
});
