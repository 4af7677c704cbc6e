import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { known, Leak, unknown } from 'backstage-plugin-pipeline-posture-common';
import {
  aReason,
  aSnapshot,
  aStage,
  anIdentity,
  aUnit,
} from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { until } from '../__testUtils__/until';
import { PipelineStore } from '../store/PipelineStore';

const HOUR = 3600_000;
const signal = new AbortController().signal;
const leak: Leak = { where: 'variable X', pattern: 'p', in: 'setting' };
const pipeline = (id: string, part = {}) =>
  aSnapshot({ ref: { provider: '', scope: '', id }, name: id, ...part });

describe('Collector', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    async function set(provider: TestProvider, options = {}) {
      const harness = await collectorOn(
        await databases.init(databaseId),
        [provider],
        options,
      );
      const collector = harness.replica();
      await collector.discover(signal);
      const names = async () =>
        (
          await harness
            .knex('pipelines')

            .whereNull('gone_at')
            .orderBy('name')
        ).map(p => p.name);
      return { ...harness, collector, names };
    }

    it('collects what discovery found, once per interval', async () => {
      const provider = new TestProvider()
        .has('A', pipeline('one'), pipeline('two'))
        .has('B', pipeline('three'));
      const { collector, names, later } = await set(provider);
      await collector.poll();
      expect(await names()).toEqual(['one', 'three', 'two']);
      await collector.poll();
      // Two scopes are worked on at once; either may begin first.
      expect([...provider.collected].sort()).toEqual(['A', 'B']);
      later(HOUR + 1);
      await collector.poll();
      expect(provider.collected).toHaveLength(4);
    });

    it('collects each scope once when several replicas look at the same time', async () => {
      const provider = new TestProvider();
      provider.sources[0].maxScopesAtOnce = 50;
      for (let i = 0; i < 12; i++) provider.has(`P${i}`, pipeline('x'));
      const { replica } = await set(provider);
      const replicas = [replica(), replica(), replica()];
      for (let round = 0; round < 6; round++)
        await Promise.all(replicas.map(r => r.poll()));
      expect([...provider.collected].sort()).toEqual(
        [...provider.content.keys()].sort(),
      );
    });

    it('never works on more scopes of a source than it allows, over all replicas', async () => {
      const provider = new TestProvider();
      let working = 0;
      let most = 0;
      provider.before = async (_, event) => {
        if (event === 'end') {
          working -= 1;
          return;
        }
        working += 1;
        most = Math.max(most, working);
        await new Promise(done => setTimeout(done, 20));
      };
      for (let i = 0; i < 8; i++) provider.has(`P${i}`, pipeline('x'));
      const { replica } = await set(provider);
      const replicas = [replica(), replica(), replica()];
      for (let round = 0; round < 6; round++)
        await Promise.all(replicas.map(r => r.poll()));
      expect(provider.collected).toHaveLength(8);
      expect(most).toBeLessThanOrEqual(2);
    });

    it('keeps the last good results, marked stale, when a source dies, and recovers', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, knex, later, runs } = await set(provider);
      await collector.poll();
      const before = await knex('pipelines').first();
      provider.before = () => {
        throw new Error('connect ECONNREFUSED');
      };
      later(HOUR + 1);
      await collector.poll();
      const after = await knex('pipelines').first();
      expect(after.posture).toBe(before.posture);
      expect(after.stale_since).not.toBeNull();
      expect((await runs.list({ offset: 0, limit: 1 })).items[0]).toMatchObject(
        {
          status: 'failed',
          error: expect.stringContaining('ECONNREFUSED'),
        },
      );
      provider.before = () => {};
      later(HOUR + 1);
      await collector.poll();
      expect((await knex('pipelines').first()).stale_since).toBeNull();
    });

    it('tries a failed scope again before its turn', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, later, names } = await set(provider);
      provider.before = () => {
        throw new Error('down');
      };
      await collector.poll();
      provider.before = () => {};
      later(61_000);
      await collector.poll();
      expect(await names()).toEqual(['one']);
    });

    it('shows what was read before a run broke', async () => {
      const many = Array.from({ length: 60 }, (_, i) =>
        pipeline(`p${String(i).padStart(2, '0')}`),
      );
      const provider = new TestProvider().has('A', ...many);
      let n = 0;
      provider.before = () => {
        n += 1;
        if (n > 55) throw new Error('cut');
      };
      const { collector, names } = await set(provider);
      await collector.poll();
      expect(await names()).toHaveLength(50);
    });

    it('marks pipelines gone only after a run that saw the whole list', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('one'),
        pipeline('two'),
      );
      const { collector, later, names } = await set(provider);
      await collector.poll();
      provider.has('A', pipeline('one'));
      provider.content.get('A')?.push({ type: 'incomplete' });
      later(HOUR + 1);
      await collector.poll();
      expect(await names()).toEqual(['one', 'two']);
      provider.has('A', pipeline('one'));
      later(HOUR + 1);
      await collector.poll();
      expect(await names()).toEqual(['one']);
      provider.has('A', pipeline('one'), pipeline('two'));
      later(HOUR + 1);
      await collector.poll();
      expect(await names()).toEqual(['one', 'two']);
    });

    it('keeps scopes that a cut-short discovery did not see', async () => {
      const provider = new TestProvider()
        .has('A', pipeline('one'))
        .has('B', pipeline('two'));
      const { collector, scopes } = await set(provider);
      provider.content.delete('B');
      provider.discoveryIsComplete = false;
      await collector.discover(signal);
      expect(await scopes.list()).toHaveLength(2);
      provider.discoveryIsComplete = true;
      await collector.discover(signal);
      expect(await scopes.list()).toHaveLength(1);
    });

    it('tells those who read the log what keeps a source from being listed, and what to do', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      provider.discoveryProblems = [
        {
          subject: 'organisation example',
          effect: 'No project is read.',
          reason: {
            code: 'permission-missing',
            message: 'The token is not accepted.',
            actor: 'platform-team',
            action: 'Give it another token.',
          },
        },
      ];
      const logger = mockServices.logger.mock();
      await set(provider, { logger });
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringMatching(/: The token is not accepted\.$/),
        {
          subject: 'organisation example',
          effect: 'No project is read.',
          action: 'Give it another token.',
        },
      );
    });

    it('leaves a scope to whoever took it over, and writes nothing more', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, knex, names, runs } = await set(provider);
      provider.before = async () => {
        await knex('scopes').update({ lease_owner: 'another replica' });
      };
      await collector.poll();
      expect(await names()).toEqual([]);
      expect((await runs.list({ offset: 0, limit: 1 })).items[0].status).toBe(
        'abandoned',
      );
    });

    it('takes over the scopes of a replica that died', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { scopes, replica, clock, later, names } = await set(provider);
      await scopes.claim({
        provider: provider.id,
        sourceId: 'example',
        maxAtOnce: 2,
        limit: 1,
        owner: 'dead',
        leaseMs: 60_000,
        now: clock.at,
      });
      await replica().poll();
      expect(await names()).toEqual([]);
      later(60_001);
      await replica().poll();
      expect(await names()).toEqual(['one']);
    });

    it('runs once more where somebody asks for it while a run goes on', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, scopes, later } = await set(provider);
      const [{ key }] = await scopes.list();
      provider.before = async () => {
        provider.before = () => {};
        later(1000);
        await collector.runSoon(key);
      };
      await collector.poll();
      await collector.poll();
      expect(provider.collected).toEqual(['A', 'A']);
      await collector.poll();
      expect(provider.collected).toHaveLength(2);
    });

    it('has read one pipeline also where the list of the others was cut short', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector } = await set(provider);
      await collector.poll();
      provider.content.get('A')?.push({ type: 'incomplete' });
      const ref = { provider: provider.id, scope: 'A', id: 'one' };
      const { status } = await collector.checkAgain(ref);
      expect(status).toBe('succeeded');
    });

    it('reads one pipeline again and leaves the others and the schedule alone', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('one'),
        pipeline('two'),
      );
      const { collector, knex, names, scopes } = await set(provider);
      await collector.poll();
      const due = (await scopes.list())[0].nextRunAt;
      provider.has(
        'A',
        pipeline('one', {
          leaks: known([leak]),
        }),
      );
      const ref = { provider: provider.id, scope: 'A', id: 'one' };
      const [a, b] = await Promise.all([
        collector.checkAgain(ref),
        collector.checkAgain(ref),
      ]);
      expect(a).toEqual(b);
      expect(a.status).toBe('succeeded');
      expect(await names()).toEqual(['one', 'two']);
      expect((await scopes.list())[0].nextRunAt).toBe(due);
      expect(
        await knex('findings').where({
          control_id: 'no-plaintext-secret',
          status: 'fail',
        }),
      ).toHaveLength(1);
    });

    it('reads once more for events that come while it reads', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, knex } = await set(provider);
      await collector.poll();
      const ref = { provider: provider.id, scope: 'A', id: 'one' };
      let goOn = () => {};
      provider.before = (_, event) =>
        event === 'end'
          ? new Promise<void>(done => {
              goOn = done;
            })
          : undefined;
      const reading = () => provider.collected.length;
      const asked = collector.checkAgain(ref);
      await until(() => reading() >= 2);
      provider.has('A', pipeline('one', { leaks: known([leak]) }));
      const told = [
        collector.checkAgain(ref, 'event'),
        collector.checkAgain(ref, 'event'),
      ];
      const shared = collector.checkAgain(ref);
      await new Promise(next => setTimeout(next, 50));
      provider.before = () => {};
      goOn();
      const [first, second] = await Promise.all(told);
      expect(second).toEqual(first);
      expect(await shared).toEqual(await asked);
      expect((await asked).runId).not.toBe(first.runId);
      expect(reading()).toBe(3);
      expect(
        await knex('findings').where({
          control_id: 'no-plaintext-secret',
          status: 'fail',
        }),
      ).toHaveLength(1);
    });

    it('keeps what was read later, when a run that began before writes after it', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('one', { leaks: known([]) }),
      );
      const { collector, knex, later } = await set(provider);
      let goOn = () => {};
      let reached = () => {};
      const atEnd = new Promise<void>(done => {
        reached = done;
      });
      provider.before = async (_, event) => {
        if (event !== 'end') return;
        reached();
        await new Promise<void>(done => {
          goOn = done;
        });
      };
      const polled = collector.poll();
      await atEnd;
      provider.before = () => {};
      provider.has('A', pipeline('one', { leaks: known([leak]) }));
      later(90_000);
      await collector.checkAgain({
        provider: provider.id,
        scope: 'A',
        id: 'one',
      });
      const fails = () =>
        knex('findings').where({
          control_id: 'no-plaintext-secret',
          status: 'fail',
        });
      const { collected_at } = await knex('pipelines').first();
      expect(await fails()).toHaveLength(1);
      goOn();
      await polled;
      expect(await fails()).toHaveLength(1);
      expect(await knex('pipelines').first()).toMatchObject({ collected_at });
      expect(await knex('changes')).toHaveLength(1);
    });

    it('does not keep for long what a clock that was wrong read', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, knex, later, clock } = await set(provider);
      later(365 * 24 * HOUR);
      await collector.poll();
      later(-364 * 24 * HOUR);
      await collector.checkAgain({
        provider: provider.id,
        scope: 'A',
        id: 'one',
      });
      expect(await knex('pipelines').first()).toMatchObject({
        collected_at: clock.at.toISOString(),
      });
    });

    it('says so when the pipeline to check is not there any more', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, names } = await set(provider);
      await collector.poll();
      provider.has('A');
      const result = await collector.checkAgain({
        provider: provider.id,
        scope: 'A',
        id: 'one',
      });
      expect(result.status).toBe('incomplete');
      expect(await names()).toEqual(['one']);
      await expect(
        collector.checkAgain({ provider: provider.id, scope: 'Z', id: 'one' }),
      ).rejects.toThrow(/no longer configured/);
    });

    it('judges a pipeline again when another scope starts to share its identity', async () => {
      const using = (id: string) =>
        pipeline(id, {
          identities: known([anIdentity({ id: 'shared-role' })]),
          stages: known([
            aStage({ units: [aUnit({ identityIds: known(['shared-role']) })] }),
          ]),
        });
      const provider = new TestProvider().has('A', using('one'));
      const { collector, knex, later } = await set(provider);
      await collector.poll();
      const shared = () =>
        knex('findings')
          .where({ control_id: 'identity-serves-one-pipeline', status: 'fail' })
          .orderBy('pipeline_id');
      expect(await shared()).toHaveLength(0);
      provider.has('B', using('two'));
      await collector.discover(signal);
      await collector.poll();
      expect(await shared()).toHaveLength(2);
      // A run that went on beside another judges its own again, too: neither may have seen the other.
      const pipelines = new PipelineStore(knex);
      const ids: string[] = await knex('pipelines').orderBy('id').pluck('id');
      const sharing = (own: string[]) =>
        pipelines.sharing(['shared-role'], new Set(own));
      expect((await sharing([ids[0]])).sort()).toEqual(ids);
      expect(await sharing(ids)).toEqual([]);
      provider.has('B');
      later(HOUR + 1);
      await collector.poll();
      expect(await shared()).toHaveLength(0);
    });

    it('carries a decided result over a passing trouble, and lets it expire', async () => {
      const provider = new TestProvider().has(
        'A',
        pipeline('one', { leaks: known([]) }),
      );
      const { collector, knex, later, reassessor, clock } = await set(provider);
      await collector.poll();
      const statusOf = async () => {
        const results: Array<{
          controlId: string;
          status: string;
          stale?: boolean;
        }> = JSON.parse((await knex('pipelines').first()).results);
        return results.find(r => r.controlId === 'no-plaintext-secret');
      };
      expect(await statusOf()).toMatchObject({ status: 'pass' });
      const throttled = { ...aReason, code: 'throttled' as const };
      provider.has('A', pipeline('one', { leaks: unknown(throttled) }));
      later(HOUR + 1);
      await collector.poll();
      expect(await statusOf()).toMatchObject({ status: 'pass', stale: true });
      later(8 * 24 * HOUR);
      await collector.poll();
      expect(await statusOf()).toMatchObject({
        status: 'unknown',
        lastDecided: 'pass',
      });

      provider.before = () => {
        throw new Error('down');
      };
      later(HOUR + 1);
      await collector.poll();
      later(8 * 24 * HOUR);
      await reassessor.expire(
        new Date(clock.at.getTime() - 7 * 24 * HOUR),
        signal,
      );
      const row = await knex('pipelines').first();
      expect(row.score).toBe(0);
      expect(JSON.parse(row.posture).counts.pass).toBe(0);
    });

    it('keeps no statement with its values in the error of a run', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      const { collector, knex, runs } = await set(provider);
      await knex.schema.dropTable('pipeline_repositories');
      await collector.poll();
      const { items } = await runs.list({ offset: 0, limit: 1 });
      expect(items[0].status).toBe('failed');
      expect(items[0].error).toMatch(/^The database refused a query \(\w+\)$/);
    });

    it('removes secrets from errors before they are kept', async () => {
      const provider = new TestProvider().has('A', pipeline('one'));
      provider.before = () => {
        throw new Error('GET https://reader:hunter2@dev.azure.com failed');
      };
      const { collector, runs } = await set(provider);
      await collector.poll();
      const { items } = await runs.list({ offset: 0, limit: 1 });
      expect(items[0].error).not.toContain('hunter2');
    });
  });
});
