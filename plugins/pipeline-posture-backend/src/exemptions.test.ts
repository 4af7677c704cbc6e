import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  Leak,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';
import { dayAfter, dayOf } from './history/days';

const leak = (where: string): Leak => ({
  where,
  pattern: 'name',
  in: 'setting',
});
const pipeline = (id: string, ...leaks: Leak[]) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    leaks: known(leaks),
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
  });
/** A pipeline from the repository of another one. */
const beside = (at: string, id: string, ...leaks: Leak[]) => ({
  ...pipeline(id, ...leaks),
  locators: pipeline(at).locators,
});
const leaky = (id: string) => pipeline(id, leak('variable PASSWORD'));
const idOf = (id: string) =>
  stringifyPipelineRef({ provider: 'azure-devops', scope: 'A', id });
const owned = (name: string, owner: string) => ({
  ...component(name, { 'dev.azure.com/project-repo': `Shop/${name}` }),
  relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
});
const user = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const inDays = (days: number) => dayAfter(dayOf(new Date()), days);

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('exemptions', () => {
  async function start(
    config: object = {},
    more: Array<ReturnType<typeof pipeline>> = [],
  ) {
    const first = [leaky('mine'), leaky('theirs'), leaky('third'), ...more];
    const provider = new TestProvider().has('A', ...first);
    const posture = await startPosture({
      databases,
      databaseId: 'SQLITE_3',
      provider,
      config,
      entities: [
        owned('mine', 'team-a'),
        owned('theirs', 'team-b'),
        owned('third', 'team-b'),
      ],
    });
    await posture.collected(first.length);
    const ask = (over: object = {}) =>
      posture.post('/exemptions', user('olga')).send({
        controlId: 'no-plaintext-secret',
        pipelineId: idOf('mine'),
        type: 'risk-accepted',
        reason: 'The vendor cannot change it before spring.',
        ...over,
      });
    const decide = (id: string, decision: string, comment?: string) =>
      posture
        .post(`/exemptions/${id}/${decision}`, user('aaron'))
        .send({ comment });
    const body = async (path: string, name = 'aaron') =>
      (await posture.get(path, user(name))).body;
    const check = (id: string) =>
      posture.post(`/pipelines/${encodeURIComponent(idOf(id))}/check`);
    return { ...posture, provider, ask, decide, body, check };
  }

  it('stand in queues, counted over what the caller may see', async () => {
    const { ask, decide, body, rights } = await start();
    const soon = await ask({ until: inDays(10) });
    await decide(soon.body.id, 'approve');
    await ask({ pipelineId: idOf('theirs'), until: inDays(60) });
    const third = await ask({ pipelineId: idOf('third') });
    await decide(third.body.id, 'reject', 'Rotate it instead.');
    expect(await body('/exemptions?queue=waiting')).toMatchObject({
      total: 1,
      items: [{ pipelineName: 'theirs', owners: ['group:default/team-b'] }],
      counts: {
        waiting: 1,
        active: 1,
        'ending-soon': 1,
        expired: 0,
        rejected: 1,
        revoked: 0,
      },
      owners: [{ value: 'group:default/team-b', count: 1 }],
    });
    expect(
      (await body('/exemptions?owner=group:default/team-a')).counts,
    ).toMatchObject({ waiting: 0, active: 1, rejected: 0 });
    expect((await body('/about')).exemptions.waiting).toBe(1);
    rights.hidden.add('component:default/theirs');
    expect((await body('/exemptions', 'stranger')).counts).toMatchObject({
      waiting: 0,
      active: 1,
    });
    expect((await body('/about', 'stranger')).exemptions.waiting).toBe(0);
    rights.denied.add('pipelinePosture.exemption.approve');
    expect((await body('/about', 'nobody')).exemptions).not.toHaveProperty(
      'waiting',
    );
  });

  it('say what they do to the score, by the function that scores', async () => {
    const { ask, decide, body } = await start();
    const { id } = (await ask()).body;
    const path = '/entities/component/default/mine';
    const before = (await body(path)).summary.score;
    const [{ effects }] = (await body('/exemptions')).items;
    expect(effects).toMatchObject([
      { pipelineId: idOf('mine'), counting: { score: before } },
    ]);
    await decide(id, 'approve');
    expect(effects[0].exempt.score).toBe((await body(path)).summary.score);
    expect((await body('/exemptions')).items[0].effects).toEqual(effects);
  });

  it('come one by one with their findings, and with evidence for those who may see it', async () => {
    const { ask, body, get, rights } = await start();
    const { id } = (await ask()).body;
    const detail = await body(`/exemptions/${id}`);
    expect(detail).toMatchObject({
      id,
      own: false,
      seeEvidence: true,
      findings: [{ controlId: 'no-plaintext-secret', pipelineName: 'mine' }],
    });
    rights.denied.add('pipelinePosture.evidence.read');
    const { text, body: without } = await get(
      `/exemptions/${id}`,
      user('vera'),
    );
    expect(without.seeEvidence).toBe(false);
    expect(text).not.toMatch(/"evidence":\[\{/);
  });

  it('are asked for once, and can only be asked to last longer', async () => {
    const { ask, decide } = await start();
    const first = await ask({ until: inDays(20) });
    expect((await ask()).body.error).toMatchObject({
      name: 'ConflictError',
      code: 'waiting-already',
    });
    await decide(first.body.id, 'approve');
    expect((await ask({ until: inDays(20) })).body.error).toMatchObject({
      code: 'exempt-already',
      message: expect.stringMatching(/holds until .* already/),
    });
    const longer = await ask({ until: inDays(50) });
    expect(longer.status).toBe(201);
    expect((await decide(longer.body.id, 'approve')).status).toBe(200);
    expect((await decide(longer.body.id, 'approve')).body.error).toMatchObject({
      code: 'decided-already',
    });
  });

  it('cover a pipeline by its entity, and then need none of their own', async () => {
    const { ask, decide, body } = await start();
    const whole = await ask({
      pipelineId: undefined,
      entityRef: 'component:default/mine',
      until: inDays(30),
    });
    expect(whole.status).toBe(201);
    expect((await ask()).status).toBe(409);
    await decide(whole.body.id, 'approve');
    const { findings } = await body('/entities/component/default/mine');
    expect(
      findings.find(
        (f: { controlId: string }) => f.controlId === 'no-plaintext-secret',
      ),
    ).toMatchObject({
      exempt: true,
      exemption: {
        state: 'active',
        until: inDays(30),
        approvedBy: 'user:default/aaron',
      },
    });
  });

  it('stand beside findings from the request to after the end', async () => {
    const { ask, decide, body } = await start();
    const shown = async () =>
      (await body(`/pipelines/${idOf('mine')}`)).findings.find(
        (f: { controlId: string }) => f.controlId === 'no-plaintext-secret',
      );
    const { id } = (await ask()).body;
    expect((await shown()).exemption).toMatchObject({
      id,
      state: 'waiting',
      requestedBy: 'user:default/olga',
    });
    await decide(id, 'approve');
    expect((await shown()).exemption).toMatchObject({ state: 'active' });
    await decide(id, 'revoke', 'The vendor was faster.');
    expect(await shown()).toMatchObject({
      exempt: false,
      exemption: { state: 'revoked', endedAt: expect.any(String) },
    });
  });

  it('last as long as the operator allows', async () => {
    const { ask, body } = await start({
      exemptions: { maxDays: 45, defaultDays: { critical: 7 } },
    });
    expect((await body('/about')).exemptions).toMatchObject({
      maxDays: 45,
      defaultDays: { critical: 7, low: 45 },
    });
    expect((await ask({ until: inDays(46) })).body.error.message).toMatch(
      /at most 45 days/,
    );
    expect((await ask()).body.until).toBe(inDays(7));
  });

  it('and changes make the history of a finding', async () => {
    const { ask, decide, body, provider, check } = await start();
    const { id } = (await ask()).body;
    await decide(id, 'approve');
    provider.has('A', pipeline('mine'), leaky('theirs'), leaky('third'));
    await check('mine');
    const history = await body(
      `/pipelines/${idOf('mine')}/controls/no-plaintext-secret/history`,
    );
    expect(history).toMatchObject({
      gaps: [],
      intervals: [
        { status: 'pass', exempt: false, cause: 'setting-changed' },
        { status: 'fail', exempt: true, cause: 'exemption-started' },
        { status: 'fail', exempt: false },
      ],
    });
    expect(history.intervals[0]).not.toHaveProperty('to');
  });

  it('for an entity cover what failed at the approval, and nothing that fails since', async () => {
    const { ask, decide, body, provider, check } = await start({}, [
      beside('mine', 'second'),
    ]);
    const whole = {
      pipelineId: undefined,
      entityRef: 'component:default/mine',
      until: inDays(30),
    };
    const { id } = (await ask(whole)).body;
    await decide(id, 'approve');
    expect((await ask({ until: inDays(30) })).status).toBe(409);
    expect((await ask(whole)).status).toBe(409);
    provider.has(
      'A',
      leaky('mine'),
      beside('mine', 'second', leak('variable TOKEN')),
      leaky('theirs'),
      leaky('third'),
    );
    await check('second');
    const shown = await body(`/exemptions/${id}`);
    const ids = (items: Array<{ pipelineId: string }>) =>
      items.map(({ pipelineId }) => pipelineId);
    expect(ids(shown.effects)).toEqual([idOf('mine')]);
    expect(ids(shown.findings)).toEqual([idOf('mine')]);
    const second = await ask({
      pipelineId: idOf('second'),
      until: inDays(20),
    });
    expect(second.status).toBe(201);
  });

  it('say how many pipelines they concern where they do not show all', async () => {
    const more = Array.from({ length: 24 }, (_, i) =>
      beside('mine', `more-${i}`, leak('variable PASSWORD')),
    );
    const { ask, body } = await start({}, more);
    const { id } = (
      await ask({ pipelineId: undefined, entityRef: 'component:default/mine' })
    ).body;
    const shown = await body(`/exemptions/${id}`);
    expect([shown.effects.length, shown.effectCount]).toEqual([20, 25]);
    expect([shown.findings.length, shown.findingCount]).toEqual([20, 25]);
    expect(shown.effects[0].pipelineId).toBe(shown.findings[0].pipelineId);
  });

  it('read and score no more pipelines than they show', async () => {
    const more = Array.from({ length: 24 }, (_, i) =>
      beside('mine', `more-${i}`, leak('variable PASSWORD')),
    );
    const { ask, body, decide, knex } = await start({}, more);
    const { id } = (
      await ask({ pipelineId: undefined, entityRef: 'component:default/mine' })
    ).body;
    const most = { rows: 0, findings: 0 };
    const read = ({ sql, bindings }: { sql: string; bindings: unknown[] }) => {
      const ids = bindings.filter(value => String(value).includes('~')).length;
      if (sql.includes('`results`')) most.rows = Math.max(most.rows, ids);
      if (/`finding`.*from `findings`/.test(sql))
        most.findings = Math.max(most.findings, ids);
    };
    knex.on('query', read);
    for (const path of ['/exemptions', `/exemptions/${id}`]) await body(path);
    expect(most).toEqual({ rows: 20, findings: 20 });
    knex.removeListener('query', read);
    await decide(id, 'approve');
    knex.on('query', read);
    const [{ effects, effectCount }] = (await body('/exemptions')).items;
    expect([effects.length, effectCount]).toEqual([20, 25]);
    const shown = await body(`/exemptions/${id}`);
    expect([shown.findings.length, shown.findingCount]).toEqual([20, 25]);
    expect(most).toEqual({ rows: 20, findings: 20 });
  });

  it('say nothing of a pipeline that has become part of what the caller may not see', async () => {
    const second = (at: string) =>
      beside(at, 'second', leak('variable PASSWORD'));
    const { ask, decide, body, get, provider, check, rights } = await start(
      {},
      [second('mine')],
    );
    const { id } = (
      await ask({ pipelineId: undefined, entityRef: 'component:default/mine' })
    ).body;
    await decide(id, 'approve');
    provider.has(
      'A',
      leaky('mine'),
      second('theirs'),
      leaky('theirs'),
      leaky('third'),
    );
    await check('second');
    expect(await body(`/exemptions/${id}`)).toMatchObject({
      effectCount: 2,
      findingCount: 2,
    });
    rights.hidden.add('component:default/theirs');
    for (const path of [`/exemptions/${id}`, '/exemptions']) {
      const { status, text } = await get(path, user('stranger'));
      expect(status).toBe(200);
      expect(text).toContain(idOf('mine'));
      expect(text).not.toContain('second');
    }
    expect(await body(`/exemptions/${id}`, 'stranger')).toMatchObject({
      effectCount: 1,
      findingCount: 1,
    });
  });

  it('of pipelines without an entity are for those who may see these', async () => {
    const { ask, decide, get, body, rights } = await start({}, [
      leaky('loose'),
    ]);
    const { id } = (await ask({ pipelineId: idOf('loose') })).body;
    rights.hidden.add('component:default/theirs');
    expect((await body('/exemptions', 'collector')).total).toBe(1);
    expect((await decide(id, 'reject', 'Rotate it.')).status).toBe(200);
    rights.hidden.clear();
    rights.denied.add('pipelinePosture.collector.read');
    expect((await body('/exemptions', 'reader')).total).toBe(0);
    expect((await get(`/exemptions/${id}`, user('reader'))).status).toBe(404);
  });

  it('of pipelines that are gone stay for those who may see every entity', async () => {
    const { ask, body, rights, knex } = await start();
    await ask({ pipelineId: idOf('third') });
    await knex('entity_pipelines')
      .where({ pipeline_id: idOf('third') })
      .delete();
    await knex('pipelines')
      .where({ id: idOf('third') })
      .update({ gone_at: new Date().toISOString() });
    await knex('scopes').increment('content_seq', 1);
    rights.denied.add('pipelinePosture.collector.read');
    expect((await body('/exemptions', 'reader')).total).toBe(1);
    rights.hidden.add('component:default/theirs');
    expect((await body('/exemptions', 'stranger')).total).toBe(0);
  });

  it('go on for other pipelines after one of them is another case, also in the past', async () => {
    const second = (where: string) => beside('mine', 'second', leak(where));
    const { ask, decide, body, provider, check } = await start({}, [
      second('variable TOKEN'),
    ]);
    const others = [leaky('theirs'), leaky('third')];
    const { id } = (
      await ask({ pipelineId: undefined, entityRef: 'component:default/mine' })
    ).body;
    await decide(id, 'approve');
    const states = async () => [
      (await body(`/exemptions/${id}`)).state,
      (await body(`/exemptions/${id}?asOf=${inDays(0)}`)).state,
    ];
    provider.has('A', leaky('mine'), second('variable KEY'), ...others);
    await check('second');
    expect(await states()).toEqual(['active', 'active']);
    provider.has('A', pipeline('mine'), second('variable KEY'), ...others);
    await check('mine');
    expect(await states()).toEqual(['lapsed', 'lapsed']);
  });

  it('lapse when the control passes: who fails again asks again', async () => {
    const { ask, decide, body, provider, check } = await start();
    const { id } = (await ask()).body;
    await decide(id, 'approve');
    const others = [leaky('theirs'), leaky('third')];
    provider.has('A', pipeline('mine'), ...others);
    await check('mine');
    expect((await body(`/exemptions/${id}`)).state).toBe('lapsed');
    provider.has('A', leaky('mine'), ...others);
    await check('mine');
    const path = `/pipelines/${idOf('mine')}`;
    const { findings } = await body(path);
    expect(
      findings.find(
        (f: { controlId: string }) => f.controlId === 'no-plaintext-secret',
      ),
    ).toMatchObject({ status: 'fail', exempt: false });
    const { intervals } = await body(
      `${path}/controls/no-plaintext-secret/history`,
    );
    expect(intervals[0]).toMatchObject({ status: 'fail', exempt: false });
  });

  it('that were extended end at the later day only', async () => {
    const { ask, decide, body } = await start();
    const first = (await ask({ until: inDays(5) })).body;
    await decide(first.id, 'approve');
    expect((await body('/exemptions')).counts['ending-soon']).toBe(1);
    expect((await body('/progress')).exemptionsEnding).toBe(1);
    const longer = (await ask({ until: inDays(50) })).body;
    await decide(longer.id, 'approve');
    const { counts } = await body('/exemptions');
    expect(counts).toMatchObject({ active: 2, 'ending-soon': 0 });
    expect((await body('/exemptions?queue=ending-soon')).total).toBe(0);
    expect((await body('/progress')).exemptionsEnding).toBe(0);
  });
});
