import { TestDatabases } from '@backstage/backend-test-utils';
import {
  known,
  Leak,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { dayAfter, dayOf } from '../history/days';
import { markUnread } from '../store/unread';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
const signal = new AbortController().signal;
const controlId = 'no-plaintext-secret';
const leak: Leak = { where: 'variable X', pattern: 'p', in: 'setting' };
const pipelineId = stringifyPipelineRef({
  provider: 'azure-devops',
  scope: 'A',
  id: 'one',
});
const rights = (name: string) => ({
  ...{ user: `user:default/${name}`, create: true, approve: true },
  revoke: true,
});

describe('exemptions and what else happens at the same time', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function set() {
      const provider = new TestProvider().has(
        'A',
        aSnapshot({
          ref: { provider: '', scope: '', id: 'one' },
          name: 'one',
          leaks: known([leak]),
        }),
      );
      const harness = await collectorOn(await databases.init(databaseId), [
        provider,
      ]);
      const collector = harness.replica();
      await collector.discover(signal);
      await collector.poll();
      const { exemptionService, clock, knex } = harness;
      const approve = async () => {
        const { id } = await exemptionService.request(
          {
            controlId,
            pipelineId,
            type: 'risk-accepted',
            reason: 'The vendor cannot change it before spring.',
            until: dayAfter(dayOf(clock.at), 5),
          },
          rights('olga'),
        );
        await exemptionService.approve(id, undefined, rights('aaron'));
        return id;
      };
      const revoke = (id: string) =>
        exemptionService.revoke(id, 'No more.', rights('aaron'));
      const finding = async () => {
        const row = await knex('findings')
          .where({ control_id: controlId })
          .first();
        return row.status;
      };
      return { ...harness, provider, collector, approve, revoke, finding };
    }

    it('end also where the backend died right after the decision', async () => {
      const { approve, finding, exemptions, clock, reassessor, knex } =
        await set();
      const id = await approve();
      expect(await finding()).toBe('exempt');
      // What a decision does first; what follows it never came.
      await exemptions.move(
        id,
        ['active'],
        'revoked',
        { what: 'revoked' },
        clock.at,
      );
      expect(await finding()).toBe('exempt');
      await reassessor.applyRubric(signal);
      expect(await finding()).toBe('fail');
      expect(await knex('changes').where({ cause: 'exemption-ended' })).toEqual(
        [expect.objectContaining({ pipeline_id: pipelineId })],
      );
      expect(await reassessor.applyRubric(signal)).toEqual([]);
    });

    it('that end while a run judges are not in what it writes', async () => {
      const { approve, revoke, finding, exemptions, collector, later } =
        await set();
      const id = await approve();
      const covering = exemptions.covering.bind(exemptions);
      let judged = 0;
      exemptions.covering = async (...asked) => {
        const was = await covering(...asked);
        judged += 1;
        if (judged === 1) await revoke(id);
        return was;
      };
      later(HOUR + 1);
      await collector.poll();
      expect(judged).toBeGreaterThan(2);
      expect(await finding()).toBe('fail');
    });

    it('tolerate nothing from the day after their last', async () => {
      const { approve, finding, collector, later } = await set();
      await approve();
      later(5 * DAY);
      await collector.poll();
      expect(await finding()).toBe('exempt');
      later(DAY);
      await collector.poll();
      expect(await finding()).toBe('fail');
    });

    it('hold for what has become unknown because it is too old', async () => {
      const { approve, finding, reassessor, knex, later, clock } = await set();
      later(8 * DAY);
      await markUnread(knex, new Date(clock.at.getTime() - DAY));
      await reassessor.expire(new Date(clock.at.getTime() - 7 * DAY), signal);
      expect(await finding()).toBe('unknown');
      await approve();
      expect(await finding()).toBe('exempt');
      expect(Boolean((await knex('pipelines').first()).expired)).toBe(true);
    });
  });
});
