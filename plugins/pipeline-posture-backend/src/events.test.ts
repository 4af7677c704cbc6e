import { TestDatabases } from '@backstage/backend-test-utils';
import eventsPlugin from '@backstage/plugin-events-backend';
import eventsModule from 'backstage-plugin-events-backend-module-pipeline-posture';
import { known, Leak } from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  EventConcern,
  ProviderEvents,
  aSnapshot,
  aSource,
} from 'backstage-plugin-pipeline-posture-node';
import request from 'supertest';
import { inProcessEvents } from './__testUtils__/inProcessEvents';
import { startPosture } from './__testUtils__/backend';
import { TestProvider } from './__testUtils__/TestProvider';
import { until } from './__testUtils__/until';

const PASSWORD = 'a-password-of-20-chars';
const KEY = 'a-key-that-is-long-enough';
const leak: Leak = {
  where: 'variable PASSWORD',
  pattern: 'name',
  in: 'setting',
};
const url = 'https://dev.azure.com/contoso/Shop/_git/web';
const pipeline = (id: string, part = {}) =>
  aSnapshot({ ref: { provider: '', scope: '', id }, name: id, ...part });

let deliveries = 0;
/** A delivery that says itself what it is about; what real ones say is read by their providers. */
const about = (part: Partial<EventConcern>) => ({
  concern: {
    eventId: `delivery-${++deliveries}`,
    pipelines: [],
    repositories: [],
    identities: [],
    ...part,
  },
});
const buildOf = (id: number, scope = 'contoso/Shop') =>
  about({ pipelines: [{ scope, id: `build-${id}` }] });
const told = (topic: string): ProviderEvents => ({
  topic,
  concernOf: payload => (payload as { concern?: EventConcern }).concern,
});

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('pipelines that something happened to', () => {
  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function start(provider: TestProvider) {
      provider.events ??= told('pipeline-posture.azure-devops');
      const posture = await startPosture({
        databases,
        databaseId,
        provider,
        entities: [],
        features: [eventsPlugin, eventsModule, inProcessEvents()],
        config: {
          ingress: {
            azureDevOps: { basic: { username: 'hooks', password: PASSWORD } },
            aws: { header: { name: 'x-key', value: KEY } },
          },
        },
      });
      const { get, server } = posture;
      const deliver = (payload: object) =>
        request(server)
          .post('/api/events/http/pipeline-posture.azure-devops')
          .auth('hooks', PASSWORD)
          .send(payload);
      const readAfterEvents = async () =>
        (await get('/runs?size=100')).body.items.filter(
          (run: { trigger: string; status: string }) =>
            run.trigger === 'event' && run.status !== 'running',
        ).length;
      /** Waits until so many were read, and a little longer for any that should not be. */
      const read = async (count: number, longerMs = 1500) => {
        await until(async () => (await readAfterEvents()) >= count);
        await new Promise(next => setTimeout(next, longerMs));
        return readAfterEvents();
      };
      return { ...posture, deliver, read };
    }

    it('are read again without waiting for their turn, and nothing else is', async () => {
      const provider = new TestProvider().has(
        'contoso/Shop',
        pipeline('build-1'),
        pipeline('build-2'),
      );
      const { deliver, collected, read, get } = await start(provider);
      await collected(2);
      provider.has(
        'contoso/Shop',
        pipeline('build-1', { leaks: known([leak]) }),
        pipeline('build-2', { leaks: known([leak]) }),
      );
      expect((await deliver(buildOf(1))).status).toBe(202);
      expect(await read(1, 0)).toBe(1);
      const failing = (
        await get('/findings?status=fail&control=no-plaintext-secret')
      ).body;
      expect(
        failing.items.map((f: { pipelineName: string }) => f.pipelineName),
      ).toEqual(['build-1']);
    });

    it('are those that take code from a repository that was pushed to', async () => {
      const from = (...addresses: string[]) => ({
        sources: known(
          addresses.map((address, i) =>
            aSource({
              id: String(i),
              url: address,
              role: i === 0 ? 'application' : 'template',
            }),
          ),
        ),
      });
      const provider = new TestProvider().has(
        'contoso/Shop',
        pipeline('build-1', from(url)),
        pipeline(
          'build-2',
          from('https://dev.azure.com/contoso/Shop/_git/other', url),
        ),
        pipeline(
          'build-3',
          from('https://dev.azure.com/contoso/Shop/_git/other'),
        ),
      );
      const { deliver, collected, read } = await start(provider);
      await collected(3);
      await deliver(about({ repositories: [{ url }] }));
      expect(await read(2)).toBe(2);
    });

    it('are read once, however often and fast it is told', async () => {
      const provider = new TestProvider().has(
        'contoso/Shop',
        pipeline('build-1'),
      );
      const { deliver, collected, read } = await start(provider);
      await collected(1);
      const same = buildOf(1);
      await Promise.all(
        [same, same, same, buildOf(1), buildOf(1), buildOf(1)].map(deliver),
      );
      expect(await read(1)).toBe(1);
      // A delivery that is played back later changes nothing.
      await deliver(same);
      expect(await read(1)).toBe(1);
    });

    it('are not read for what is not theirs', async () => {
      const provider = new TestProvider().has(
        'contoso/Shop',
        pipeline('build-1'),
      );
      const { deliver, collected, read, server } = await start(provider);
      await collected(1);
      expect((await deliver(buildOf(7))).status).toBe(202);
      expect((await deliver(buildOf(1, 'contoso/Elsewhere'))).status).toBe(202);
      expect((await deliver({ nonsense: true })).status).toBe(202);
      expect(
        (
          await deliver(
            about({ pipelines: [{ scopePrefix: '%', id: "_' or '1'='1" }] }),
          )
        ).status,
      ).toBe(202);
      const unsigned = await request(server)
        .post('/api/events/http/pipeline-posture.azure-devops')
        .send(buildOf(1));
      expect(unsigned.status).toBe(401);
      expect(await read(0, 2500)).toBe(0);
    });

    it('are those that act as a role that was changed', async () => {
      const role = 'arn:aws:iam::111122223333:role/deploy';
      const acting = (id: string) => ({
        identities: known([anIdentity({ id })]),
      });
      const provider = new TestProvider().has(
        '111122223333/eu-west-1',
        pipeline('orders', acting(role)),
        pipeline('other', acting('arn:aws:iam::111122223333:role/other')),
      );
      provider.events = told('pipeline-posture.aws');
      const { server, collected, read } = await start(provider);
      await collected(2);
      const { status } = await request(server)
        .post('/api/events/http/pipeline-posture.aws')
        .set('x-key', KEY)
        .send({
          ...about({ identities: [role] }),
        });
      expect(status).toBe(202);
      expect(await read(1)).toBe(1);
    });
  });
});
