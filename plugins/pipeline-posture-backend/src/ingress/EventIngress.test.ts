import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { EventsServiceSubscribeOptions } from '@backstage/plugin-events-node';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { EventMetrics } from '../operations/EventMetrics';
import { EventIngress } from './EventIngress';
import { RecheckQueue } from './RecheckQueue';

const signal = new AbortController().signal;

describe('a delivery', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  it('that could not be looked up is no repetition when it comes again', async () => {
    const provider = new TestProvider().has(
      'A',
      aSnapshot({ ref: { provider: '', scope: '', id: 'one' }, name: 'one' }),
    );
    provider.events = {
      topic: 'topic',
      concernOf: () => ({
        eventId: '1',
        pipelines: [{ scope: 'A', id: 'one' }],
        repositories: [],
        identities: [],
      }),
    };
    const { knex, replica } = await collectorOn(
      await databases.init('SQLITE_3'),
      [provider],
    );
    const collector = replica();
    await collector.discover(signal);
    await collector.poll();
    let deliver: EventsServiceSubscribeOptions['onEvent'] = async () => {};
    const taken: string[] = [];
    const queue = new RecheckQueue({
      check: async () => {},
      logger: mockServices.logger.mock(),
    });
    jest.spyOn(queue, 'add').mockImplementation(refs => {
      taken.push(...refs.map(({ id }) => id));
      return refs.length;
    });
    const ingress = new EventIngress({
      events: mockServices.events.mock({
        subscribe: async ({ onEvent }) => {
          deliver = onEvent;
        },
      }),
      knex,
      providers: [provider],
      queue,
      metrics: new EventMetrics(metricsServiceMock.mock()),
      logger: mockServices.logger.mock(),
    });
    await ingress.start();
    const event = { topic: 'topic', eventPayload: {} };
    await knex.schema.renameTable('pipelines', 'away');
    await expect(deliver(event)).rejects.toThrow(/^The database refused/);
    await knex.schema.renameTable('away', 'pipelines');
    await deliver(event);
    expect(taken).toEqual(['one']);
    await deliver(event);
    expect(taken).toEqual(['one']);
    ingress.stop();
  });
});
