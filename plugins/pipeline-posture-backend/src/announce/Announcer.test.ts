import { TestDatabases } from '@backstage/backend-test-utils';
import { known, Leak } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { AlertConfig } from '../config/readConfig';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';

const HOUR = 3600_000;
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

describe('Announcer', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  async function start(alerts: Partial<AlertConfig> = {}) {
    const provider = new TestProvider().has(
      'A',
      pipeline('one'),
      pipeline('two'),
      pipeline('three'),
    );
    const harness = await collectorOn(
      await databases.init('SQLITE_3'),
      [provider],
      { alerts },
    );
    await harness.entities.saveEntities([
      entity('one', 'a'),
      entity('two', 'a'),
      entity('three', 'b'),
    ]);
    const collector = harness.replica();
    await collector.discover(signal);
    const collect = async () => {
      await collector.poll();
      harness.later(HOUR + 1);
    };
    await collect();
    return { ...harness, provider, collect };
  }

  it('says nothing of the first reading, and nothing where nothing changed', async () => {
    const { sent, collect } = await start();
    await collect();
    expect(sent).toEqual([]);
  });

  it('tells each owner once of all pipelines that stopped to comply or fail something critical', async () => {
    const { sent, provider, collect } = await start();
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two', [leak]),
      pipeline('three'),
    );
    await collect();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      recipients: { type: 'entity', entityRef: 'group:default/a' },
      payload: { title: '2 pipelines need your attention', severity: 'high' },
    });
    await collect();
    expect(sent).toHaveLength(1);
    provider.has(
      'A',
      pipeline('one'),
      pipeline('two'),
      pipeline('three', [leak]),
    );
    await collect();
    expect(sent).toHaveLength(2);
    expect(sent[1].recipients).toMatchObject({ entityRef: 'group:default/b' });
  });

  it('tells owners once of all that a change of the rules did', async () => {
    const { sent, knex, provider, collect, reassessor, announcer } =
      await start();
    provider.has('A', pipeline('one'), pipeline('two'), pipeline('three'));
    // As if an older rubric had let it pass.
    const leaky = (id: string) =>
      knex('pipelines')
        .where({ name: id })
        .first()
        .then(row =>
          knex('pipelines')
            .where({ name: id })
            .update({
              rubric: 'older',
              snapshot: JSON.stringify({
                ...JSON.parse(row.snapshot),
                leaks: known([leak]),
              }),
            }),
        );
    await collect();
    await leaky('one');
    await leaky('two');
    await leaky('three');
    await announcer.announce(await reassessor.applyRubric(signal));
    expect(
      sent.map(({ recipients, payload }) => [
        'entityRef' in recipients && recipients.entityRef,
        payload.title,
      ]),
    ).toEqual([
      ['group:default/a', '2 pipelines need your attention'],
      ['group:default/b', '1 pipeline needs your attention'],
    ]);
    await announcer.announce(await reassessor.applyRubric(signal));
    expect(sent).toHaveLength(2);
  });

  it('reminds of an exemption that ends 14 and 3 days before, once each', async () => {
    const { sent, provider, collect, later, clock, announcer, ...harness } =
      await start();
    const { exemptionService } = harness;
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two'),
      pipeline('three'),
    );
    await collect();
    sent.length = 0;
    const rights = (user: string) => ({
      user,
      create: true,
      approve: true,
      revoke: true,
    });
    const { id } = await exemptionService.request(
      {
        controlId: 'no-plaintext-secret',
        pipelineId: 'azure-devops~A~one',
        type: 'risk-accepted',
        reason: 'The vendor cannot change it before spring.',
        until: '2026-12-21',
      },
      rights('user:default/olga'),
    );
    await exemptionService.approve(id, undefined, rights('user:default/aaron'));
    const remind = async () => {
      for (const due of await exemptionService.ending())
        if (await announcer.exemptionEnds(due, clock.at))
          await exemptionService.reminded(due);
      return sent.map(({ payload }) => payload.title);
    };
    expect(await remind()).toEqual([]);
    later(16 * 24 * HOUR);
    const { push } = sent;
    sent.push = () => {
      throw new Error('no notifications backend');
    };
    expect(await remind()).toEqual([]);
    sent.push = push;
    // Not at once: there may be nobody for a long time.
    expect(await remind()).toEqual([]);
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two', [leak]),
      pipeline('three'),
    );
    await harness.replica().poll();
    expect(sent).toHaveLength(1);
    sent.length = 0;
    // Now that something has arrived there is somebody.
    expect(await remind()).toEqual(['An exemption ends in 14 days']);
    expect(await remind()).toHaveLength(1);
    expect(sent[0].recipients).toMatchObject({
      entityRef: ['user:default/olga', 'group:default/a'],
    });
    later(11 * 24 * HOUR);
    expect(await remind()).toEqual([
      'An exemption ends in 14 days',
      'An exemption ends in 3 days',
    ]);
    later(2 * 24 * HOUR);
    expect(await remind()).toHaveLength(2);
  });

  it('reminds of no exemption that another one extends', async () => {
    const { provider, collect, exemptionService } = await start();
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two'),
      pipeline('three'),
    );
    await collect();
    const rights = (user: string) => ({
      ...{ user, create: true, approve: true, revoke: true },
    });
    for (const until of ['2026-11-30', '2027-01-30']) {
      const { id } = await exemptionService.request(
        {
          controlId: 'no-plaintext-secret',
          pipelineId: 'azure-devops~A~one',
          type: 'risk-accepted',
          reason: 'The vendor cannot change it before spring.',
          until,
        },
        rights('user:default/olga'),
      );
      await exemptionService.approve(id, '', rights('user:default/aaron'));
    }
    expect(await exemptionService.ending()).toEqual([]);
  });

  it('is silent where the operator switched it off', async () => {
    const { sent, provider, collect } = await start({ enabled: false });
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two'),
      pipeline('three'),
    );
    await collect();
    expect(sent).toEqual([]);
  });

  it('goes on when a notification cannot be sent', async () => {
    const { sent, provider, collect, runs } = await start();
    sent.push = () => {
      throw new Error('no notifications backend');
    };
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two'),
      pipeline('three'),
    );
    await collect();
    expect((await runs.list({ offset: 0, limit: 1 })).items[0].status).toBe(
      'succeeded',
    );
  });

  it('tells later what could not be sent, to those who have not heard it', async () => {
    const { knex, sent, provider, collect, later, announcer, clock } =
      await start();
    const { push } = sent;
    sent.push = (...items) => {
      const [{ recipients }] = items;
      if ('entityRef' in recipients && recipients.entityRef?.includes('/b'))
        throw new Error('it cannot be reached');
      return push.apply(sent, items);
    };
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two'),
      pipeline('three', [leak]),
    );
    await collect();
    const tell = () =>
      announcer.announceLeft(
        clock.at,
        new Date(clock.at.getTime() - 5 * 60_000),
      );
    expect(await tell()).toBe(0);
    expect(sent).toHaveLength(1);
    expect(await knex('untold')).toHaveLength(1);
    sent.push = push;
    expect(await tell()).toBe(1);
    expect(sent.map(({ recipients }) => recipients)).toMatchObject([
      { entityRef: 'group:default/a' },
      { entityRef: 'group:default/b' },
    ]);
    expect(await knex('untold')).toEqual([]);
    // Where nobody takes notifications, changes do not wait for ever.
    sent.push = () => {
      throw new Error('no notifications backend');
    };
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two', [leak]),
      pipeline('three', [leak]),
    );
    await collect();
    expect(await tell()).toBe(0);
    expect(await knex('untold')).toHaveLength(1);
    later(25 * HOUR);
    expect(await tell()).toBe(0);
    expect(await knex('untold')).toEqual([]);
  });

  it('tells what a replica wrote and died before it could tell, once', async () => {
    const { knex, sent, provider, replica, announcer, clock, later } =
      await start();
    provider.has(
      'A',
      pipeline('one', [leak]),
      pipeline('two'),
      pipeline('three'),
    );
    const dying = jest
      .spyOn(announcer, 'announce')
      .mockRejectedValue(new Error('the process is dead'));
    await replica().poll();
    dying.mockRestore();
    expect(sent).toEqual([]);
    const tell = () =>
      announcer.announceLeft(
        clock.at,
        new Date(clock.at.getTime() - 5 * 60_000),
      );
    // Whoever made a change that is this young may still be about to tell.
    expect(await tell()).toBe(0);
    later(HOUR);
    await knex('scopes').update({
      lease_until: new Date(clock.at.getTime() + 1).toISOString(),
    });
    expect(await tell()).toBe(0);
    await knex('scopes').update({ lease_until: null });
    expect(await tell()).toBe(1);
    expect(await tell()).toBe(0);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      recipients: { entityRef: 'group:default/a' },
      payload: {
        description: expect.stringContaining('one no longer complies'),
      },
    });
    expect(await knex('untold')).toEqual([]);
  });
});
