import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { Entity } from '@backstage/catalog-model';
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
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';
import { until } from './__testUtils__/until';
import { DAY_MS, dayOf } from './history/days';

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
const owned = (name: string) =>
  component(name, { 'dev.azure.com/project-repo': `Shop/${name}` });

/** Files of an archive, by its directory. */
function filesOf(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = zip.readUInt32LE(end + 16);
  for (let n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const offset = zip.readUInt32LE(at + 42);
    const start = offset + 30 + zip.readUInt16LE(offset + 26);
    files.set(
      name,
      inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(at + 20))),
    );
    at += 46 + nameLength;
  }
  return files;
}

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('what screens ask beside lists', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start(
      provider: TestProvider,
      config = {},
      more: Entity[] = [],
    ) {
      const posture = await startPosture({
        databases,
        databaseId,
        provider,
        entities: [owned('one'), owned('two'), owned('lost'), ...more],
        config,
      });
      return {
        ...posture,
        body: async (path: string) => (await posture.get(path)).body,
      };
    }

    it('tells whom to ask, who sees what, what is judged by, and what the caller may do', async () => {
      const { body, rights, collected, get } = await start(
        new TestProvider().has('A', leaky('one')),
        {
          contact: {
            title: 'Platform security',
            entityRef: 'group:default/security',
          },
          access: { evidence: 'security-auditors' },
          scoring: { minimumCoverage: 60 },
        },
      );
      await collected(1);
      rights.denied.add('pipelinePosture.evidence.read');
      expect(await body('/about')).toMatchObject({
        contact: {
          title: 'Platform security',
          entityRef: 'group:default/security',
        },
        access: { evidence: 'security-auditors' },
        policy: { minimumCoverage: 60, complianceBar: ['critical', 'high'] },
        recorded: { from: expect.any(String), to: expect.any(String) },
        collector: 'ok',
        may: { seeEvidence: false, seeCollector: true },
      });
      expect((await body('/summary')).policy.minimumCoverage).toBe(60);
      expect(
        (await body('/entities/component/default/one')).policy.minimumCoverage,
      ).toBe(60);
      // Also to those who may see nothing else.
      rights.denied.add('pipelinePosture.finding.read');
      expect(
        (await get('/about', mockCredentials.user.header('user:default/new')))
          .status,
      ).toBe(200);
    });

    it.each([
      [{ contact: {} }, /pipelinePosture\.contact\.title/],
      [
        { contact: { title: 'x', url: 'http://example.com' } },
        /pipelinePosture\.contact\.url/,
      ],
      [
        { contact: { title: 'x', entityRef: 'security' } },
        /pipelinePosture\.contact\.entityRef/,
      ],
      [{ access: { everything: 'me' } }, /pipelinePosture\.access/],
    ])('does not start with %j', async (config, message) => {
      await expect(start(new TestProvider(), config)).rejects.toThrow(message);
    });

    it('shows a control with its frameworks and who fails it', async () => {
      const provider = new TestProvider().has(
        'A',
        leaky('one'),
        pipeline('two'),
        pipeline('three', { leaks: notRead() }),
      );
      const variables = {
        permission: 'vso.variablegroups_read',
        without: 'What groups of variables hold.',
        controls: ['no-plaintext-secret'],
      };
      provider.permissions = [
        { ...variables, calls: ['GET a'] },
        { ...variables, calls: ['GET b'] },
        { permission: 'vso.code', calls: [], without: '', controls: [] },
      ];
      const { body, collected, get, post } = await start(provider);
      await collected(3);
      const control = await body('/controls/no-plaintext-secret');
      expect(control.permissions).toEqual([
        {
          provider: 'azure-devops',
          permission: 'vso.variablegroups_read',
          without: 'What groups of variables hold.',
        },
      ]);
      expect(control).toMatchObject({
        control: { id: 'no-plaintext-secret', severity: 'critical' },
        counts: { pipelines: 3, pass: 1, fail: 1, unknown: 1, exempt: 0 },
        wrongResults: 0,
      });
      expect(control.frameworks).toContainEqual(
        expect.objectContaining({
          framework: 'owasp-cicd',
          entries: ['CICD-SEC-6'],
        }),
      );
      const user = mockCredentials.user.header('user:default/olga');
      await post('/exemptions', user).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('one'),
        type: 'wrong-result',
        reason: 'This variable holds no secret, only its name does.',
      });
      expect((await body('/controls/no-plaintext-secret')).wrongResults).toBe(
        1,
      );
      expect((await get('/controls/nothing')).status).toBe(404);
    });

    it('tells of a control when its rule changed and who called it wrong, until a day', async () => {
      const { body, collected, post, knex } = await start(
        new TestProvider().has('A', leaky('one')),
      );
      await collected(1);
      await knex('pipelines').update({ valid_from: '2026-01-01' });
      await post('/exemptions', mockCredentials.user.header()).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('one'),
        type: 'wrong-result',
        reason: 'This variable holds no secret, only its name does.',
      });
      const control = 'no-plaintext-secret';
      const rules = [{}, { [control]: '1' }, { [control]: '2' }];
      const today = Date.now();
      for (const [n, controls] of rules.entries()) {
        await knex('rubrics').insert({
          rubric: `r${n}`,
          at: '2026-01-01T00:00:00.000Z',
          content: JSON.stringify({ controls, policy: '' }),
        });
        await knex('group_daily').insert({
          ...{ grouping: 'fleet', ref: '', rubric: `r${n}` },
          day: dayOf(new Date(today - (10 - 3 * n) * DAY_MS)),
          ...{ entities: 1, compliant: 0, non_compliant: 1, unknown: 0 },
          score_sum: 1,
        });
      }
      const ago = (days: number) => dayOf(new Date(today - days * DAY_MS));
      const now = await body(`/controls/${control}`);
      expect(now.changes.slice(0, 2)).toEqual([
        { day: ago(7), what: 'added' },
        { day: ago(4), what: 'changed' },
      ]);
      expect(now.wrongResults).toBe(1);
      const then = await body(`/controls/${control}?asOf=${ago(5)}`);
      expect(then.changes).toEqual([{ day: ago(7), what: 'added' }]);
      expect(then.wrongResults).toBe(0);
    });

    it('says how many other pipelines one fix would mend', async () => {
      const using = (id: string) =>
        pipeline(id, {
          identities: known([
            anIdentity({
              id: 'shared',
              name: 'prod-arm',
              url: 'https://dev.azure.com/x/_settings/adminservices?resourceId=1',
              credential: known({ kind: 'secret', longLived: true }),
            }),
          ]),
          stages: known([
            aStage({
              units: [
                aUnit({ kinds: ['deploy'], identityIds: known(['shared']) }),
              ],
            }),
          ]),
        });
      const { body, collected, rights, get } = await start(
        new TestProvider().has('A', using('one'), using('two'), using('three')),
      );
      await collected(3);
      const control = 'no-long-lived-deploy-credential';
      const [finding] = (await body(`/findings?control=${control}`)).items;
      expect(finding).toMatchObject({
        status: 'fail',
        alsoFixes: 2,
        evidenceSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      rights.hidden.add('component:default/two');
      rights.denied.add('pipelinePosture.collector.read');
      rights.denied.add('pipelinePosture.evidence.read');
      const other = (
        await get(
          `/findings?control=${control}`,
          mockCredentials.user.header('user:default/other'),
        )
      ).body;
      expect(other.items).toHaveLength(1);
      expect(other.items[0].alsoFixes).toBe(0);
      expect(other.items[0].evidenceSha256).toBeUndefined();
    });

    it('lists annotations that point at nothing, as people wrote them', async () => {
      const long = `Shop/${'Long'.repeat(200)}`;
      const { body, collected, rights, get } = await start(
        new TestProvider().has('A', pipeline('one'), pipeline('two')),
        {},
        [
          component('lost-long', { 'dev.azure.com/project-repo': long }),
          component('lost-parts', {
            'dev.azure.com/project': 'Old Shop',
            'dev.azure.com/build-definition': 'Nightly, Weekly Release',
          }),
        ],
      );
      await collected(2);
      expect(await body('/missing-links')).toEqual({
        items: [
          {
            entityRef: 'component:default/lost',
            owner: 'group:default/team-a',
            annotations: [
              { annotation: 'dev.azure.com/project-repo', value: 'Shop/lost' },
            ],
          },
          {
            entityRef: 'component:default/lost-long',
            owner: 'group:default/team-a',
            annotations: [
              { annotation: 'dev.azure.com/project-repo', value: long },
            ],
          },
          ...['Nightly', 'Weekly Release'].map(value => ({
            entityRef: 'component:default/lost-parts',
            owner: 'group:default/team-a',
            annotations: [
              { annotation: 'dev.azure.com/build-definition', value },
              { annotation: 'dev.azure.com/project', value: 'Old Shop' },
            ],
          })),
        ],
        total: 4,
        page: 1,
        size: 25,
      });
      rights.hidden.add('component:default/lost');
      expect(
        (
          await get(
            '/missing-links',
            mockCredentials.user.header('user:default/other'),
          )
        ).body.total,
      ).toBe(3);
      rights.denied.add('pipelinePosture.collector.read');
      expect((await get('/missing-links')).status).toBe(403);
    });

    it('packs evidence with a manifest whose sums are right', async () => {
      const { collected, get, rights } = await start(
        new TestProvider().has('A', leaky('one'), pipeline('two')),
      );
      await collected(2);
      const load = () =>
        get('/export/evidence?control=no-plaintext-secret&status=fail')
          .buffer(true)
          .parse((res, done) => {
            const parts: Buffer[] = [];
            res.on('data', part => parts.push(part));
            res.on('end', () => done(null, Buffer.concat(parts)));
          });
      const response = await load();
      expect(response.headers['content-disposition']).toMatch(
        /evidence_.*\.zip/,
      );
      const files = filesOf(response.body as Buffer);
      const manifest = JSON.parse(String(files.get('manifest.json')));
      expect(manifest).toMatchObject({
        pipelines: 1,
        requestedBy: 'user:default/mock',
      });
      expect(
        manifest.files.map((f: { name: string }) => f.name).sort(),
      ).toEqual(
        [...files.keys()].filter(name => name !== 'manifest.json').sort(),
      );
      for (const { name, sha256, bytes } of manifest.files) {
        const content = files.get(name) as Buffer;
        expect([name, content.length]).toEqual([name, bytes]);
        expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      }
      const { findings } = JSON.parse(
        String(files.get('evidence/part-0001.json')),
      );
      for (const finding of findings)
        expect(
          createHash('sha256')
            .update(
              JSON.stringify(
                finding.instances.map((i: { evidence: unknown }) => i.evidence),
              ),
            )
            .digest('hex'),
        ).toBe(finding.evidenceSha256);
      expect(String(files.get('findings.csv'))).toContain(
        'no-plaintext-secret',
      );
      for (const permission of [
        'pipelinePosture.evidence.read',
        'pipelinePosture.report.export',
      ]) {
        rights.denied.add(permission);
        expect((await load()).status).toBe(403);
        rights.denied.delete(permission);
      }
    });

    it('ends a run on request, and keeps what was read', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('one'),
        pipeline('two'),
      );
      let reached = () => {};
      const working = new Promise<void>(done => (reached = done));
      provider.before = async (_, event, signal) => {
        if (
          event !== 'end' &&
          event.type === 'snapshot' &&
          event.snapshot.name === 'two'
        ) {
          reached();
          await new Promise((_done, fail) =>
            signal.addEventListener('abort', () => fail(signal.reason)),
          );
        }
      };
      const { body, post, get } = await start(provider);
      await working;
      const [{ id }] = (await body('/scopes')).items;
      const path = `/scopes/${encodeURIComponent(id)}/stop`;
      expect((await post(path)).status).toBe(202);
      await until(
        async () => (await body('/runs')).items[0].status !== 'running',
      );
      expect((await body('/runs')).items).toMatchObject([
        { status: 'incomplete', stopped: true },
      ]);
      expect((await body('/runs')).items[0].error).toBeUndefined();
      expect((await post(path)).status).toBe(409);
      expect((await post('/scopes/nothing/stop')).status).toBe(404);
      expect((await get('/health')).body.state).toBe('incomplete');
    });

    it('says which source fails and since when', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { body, collected, post, rights, get } = await start(provider);
      await collected(1);
      expect(await body('/health')).toMatchObject({
        state: 'ok',
        sources: [
          { sourceId: 'example', state: 'ok', scopes: 1, failingScopes: 0 },
        ],
      });
      const good = (await body('/scopes')).items[0].lastGoodRunAt;
      provider.before = async () => {
        throw new Error('the source is down');
      };
      const [{ id }] = (await body('/scopes')).items;
      await post(`/scopes/${encodeURIComponent(id)}/run`);
      await until(async () => (await body('/health')).state !== 'ok');
      expect(await body('/health')).toMatchObject({
        state: 'failing',
        sources: [{ state: 'failing', since: good, failingScopes: 1 }],
      });
      expect((await body('/about')).collector).toBe('needs-attention');
      // It is no better for being tried again.
      let goOn = () => {};
      provider.before = () => new Promise<void>(done => (goOn = done));
      await post(`/scopes/${encodeURIComponent(id)}/run`);
      const scope = async () => (await body('/scopes')).items[0];
      await until(async () => (await scope()).state === 'running');
      expect(await scope()).toMatchObject({
        state: 'running',
        standing: 'failing',
        lastFinishedRun: {
          status: 'failed',
          error: expect.stringContaining('the source is down'),
        },
      });
      expect(await body('/health')).toMatchObject({
        state: 'failing',
        sources: [{ state: 'failing', since: good, failingScopes: 1 }],
      });
      provider.before = () => {};
      goOn();
      await until(async () => (await scope()).state !== 'running');
      provider.sources = [];
      expect(await body('/health')).toMatchObject({
        state: 'not-configured',
        sources: [{ state: 'not-configured', scopes: 1, failingScopes: 0 }],
      });
      expect(await scope()).toMatchObject({ state: 'not-configured' });
      expect((await body('/about')).collector).toBe('needs-attention');
      rights.denied.add('pipelinePosture.collector.read');
      expect((await get('/health')).status).toBe(403);
    });
  });
});
