import { TestDatabases } from '@backstage/backend-test-utils';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { TOPICS } from './Announcer';

const HOUR = 3600_000;
/** More than are told at once. */
const CHANGES = 1200;
const signal = new AbortController().signal;
const pipeline = (id: string, leaks = 0) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    leaks: known(
      Array.from({ length: leaks }, () => ({
        ...{ where: 'variable PASSWORD', pattern: 'name' },
        in: 'setting' as const,
      })),
    ),
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${id}` },
    ],
  });
/** One of the entities of a pipeline, with an owner of its own. */
const entity = (pipelineId: string, owner: string) => ({
  entityRef: `component:default/${pipelineId}-${owner}`,
  kind: 'Component',
  owner: `group:default/${owner}`,
  targets: [[`dev.azure.com/project-repo=shop/${pipelineId}`]],
  hash: owner,
});

describe('changes that nobody told', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    /** Many changes of one pipeline, and after them one of another. */
    async function start(owners: readonly string[]) {
      const provider = new TestProvider().has(
        'A',
        pipeline('old'),
        pipeline('young'),
      );
      const harness = await collectorOn(await databases.init(databaseId), [
        provider,
      ]);
      const { knex, entities, announcer, sent, events, clock, later } = harness;
      await entities.saveEntities([
        ...owners.map(owner => entity('old', owner)),
        entity('young', 'young'),
      ]);
      const collector = harness.replica();
      await collector.discover(signal);
      await collector.poll();
      later(HOUR + 1);
      provider.has('A', pipeline('old', 1), pipeline('young', 1));
      const dying = jest
        .spyOn(announcer, 'announce')
        .mockRejectedValue(new Error('the process is dead'));
      await collector.poll();
      dying.mockRestore();
      await knex('scopes').update({ lease_until: null });
      const { id: _, ...change } = await knex('changes as c')
        .join('untold as u', 'u.event_id', 'c.event_id')
        .where('c.pipeline_id', 'like', '%old')
        .first('c.*');
      const at = (i: number) =>
        // Several were made at the same moment.
        new Date(clock.at.getTime() - HOUR + Math.floor(i / 7)).toISOString();
      const more = Array.from({ length: CHANGES }, (_unused, i) => ({
        event_id: `event-${(i * 7919) % CHANGES}`,
        at: at(i),
      }));
      await knex.batchInsert(
        'changes',
        more.map(one => ({ ...change, ...one })),
        50,
      );
      await knex.batchInsert('untold', more, 50);
      later(HOUR);
      jest.mocked(harness.logger.warn).mockClear();
      events.publish.mockClear();
      const told = () =>
        events.publish.mock.calls.flatMap(([{ topic, eventPayload }]) =>
          topic === TOPICS.pipelineChanged
            ? [(eventPayload as { eventId: string }).eventId]
            : [],
        );
      const { push } = sent;
      const tried: string[] = [];
      /** Notifications of some owners cannot be sent. */
      const fail = (fails: (owner: string) => boolean) => {
        sent.push = (...items) => {
          const [{ recipients }] = items;
          const ref = 'entityRef' in recipients && recipients.entityRef;
          tried.push(String(ref));
          if (fails(String(ref))) throw new Error('it cannot be reached');
          return push.apply(sent, items);
        };
      };
      const pass = async () => {
        tried.length = 0;
        return announcer.announceLeft(
          clock.at,
          new Date(clock.at.getTime() - 5 * 60_000),
        );
      };
      return { ...harness, told, tried, fail, pass };
    }

    it('are all on the event bus in one pass, though nobody takes notifications', async () => {
      const { told, tried, fail, pass, sent, knex, logger } = await start([
        'a',
        'b',
        'c',
        'd',
        'e',
        'f',
      ]);
      fail(() => true);
      expect(await pass()).toBe(0);
      expect(told()).toHaveLength(CHANGES + 2);
      expect(new Set(told()).size).toBe(CHANGES + 2);
      // A few, and one more for each further page.
      expect(tried).toHaveLength(5);
      expect(logger.warn).toHaveBeenCalledTimes(1);
      expect(await pass()).toBe(0);
      expect(told()).toHaveLength(CHANGES + 2);
      expect(tried).toHaveLength(5);
      expect(logger.warn).toHaveBeenCalledTimes(2);
      fail(() => false);
      expect(await pass()).toBe(CHANGES + 2);
      expect(new Set(tried).size).toBe(7);
      expect(sent).toHaveLength(tried.length);
      expect(await knex('untold')).toEqual([]);
      expect(await pass()).toBe(0);
      expect(told()).toHaveLength(CHANGES + 2);
    });

    it('are all given up after a day in which nobody takes them', async () => {
      const { fail, pass, knex, later } = await start(['a', 'b', 'c', 'd']);
      fail(() => true);
      await pass();
      expect(await knex('untold')).toHaveLength(CHANGES + 2);
      later(25 * HOUR);
      expect(await pass()).toBe(0);
      expect(await knex('untold')).toEqual([]);
    });

    it('reach owners behind those who can never be told', async () => {
      const { fail, pass, sent } = await start(['a', 'b', 'c', 'd', 'e']);
      fail(owner => /\/[a-d]$/.test(owner));
      await pass();
      await pass();
      const heard = sent.map(({ recipients }) =>
        'entityRef' in recipients ? recipients.entityRef : '',
      );
      expect(heard).toContain('group:default/young');
      expect(heard).toContain('group:default/e');
    });
  });
});
