import { TestDatabases } from '@backstage/backend-test-utils';
import { known, Leak } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';

jest.setTimeout(60_000);

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

  async function start() {
    const provider = new TestProvider().has(
      'A',
      pipeline('one'),
      pipeline('two'),
      pipeline('three'),
    );
    const harness = await collectorOn(await databases.init('SQLITE_3'), [
      provider,
    ]);
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
});
