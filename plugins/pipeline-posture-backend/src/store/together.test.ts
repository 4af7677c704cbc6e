import { setTimeout } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { sharedDatabase } from '../__testUtils__/replicas';
import { TestProvider } from '../__testUtils__/TestProvider';
import { HistoryStore } from '../history/HistoryStore';
import { EntityStore } from './EntityStore';
import { isPostgres } from './migrate';
import { transact } from './transact';

jest.setTimeout(300_000);

const HOUR = 3600_000;
const signal = new AbortController().signal;
const SERVICES = 30;
const ROUNDS = 5;
/** Batches of each of the writers that only link. */
const BATCHES = 40;
/** Scopes that all deploy the same services. */
const SCOPES = ['A', 'B', 'C'];

/** In an order of its own for each number. */
const mixed = <T>(list: readonly T[], number: number): T[] =>
  list
    .map((value, i) => ({ value, at: ((i + 1) * (7919 + 31 * number)) % 997 }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);

const services = Array.from({ length: SERVICES }, (_, i) => `service-${i}`);
const pipelinesOf = (scope: string, version: number) =>
  mixed(services, version * 5 + SCOPES.indexOf(scope)).map((service, i) =>
    aSnapshot({
      ref: { provider: '', scope: '', id: service },
      name: service,
      // Every other round a part of them belongs to no entity, and then again.
      locators: [
        {
          annotation: 'dev.azure.com/project-repo',
          value:
            (i + version) % 4 === 0 ? `Shop/other-${i}` : `Shop/${service}`,
        },
      ],
      leaks: known(
        version % 2
          ? [{ where: 'variable X', pattern: 'name', in: 'setting' as const }]
          : [],
      ),
    }),
  );
const entitiesOf = (version: number) =>
  mixed(services, version).map(service => ({
    entityRef: `component:default/${service}`,
    kind: 'Component',
    title: `${service} ${version}`,
    owner: 'group:default/a',
    targets: [[`dev.azure.com/project-repo=shop/${service}`]],
    hash: `${service} ${version}`,
  }));

/** How often the database had to end a transaction because two waited for each other. */
async function deadlocks(knex: Knex): Promise<number> {
  if (!isPostgres(knex)) return 0;
  await knex.raw('select pg_stat_force_next_flush()');
  const { rows } = await knex.raw(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  return Number(rows[0].deadlocks);
}

describe('replicas that write at once', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it('link the same entities without waiting for each other in a ring', async () => {
      const shared = await sharedDatabase(databases, databaseId);
      const provider = new TestProvider();
      SCOPES.forEach(scope => provider.has(scope, ...pipelinesOf(scope, 0)));
      const harness = await collectorOn(shared.knex, [provider]);
      await harness.entities.saveEntities(entitiesOf(0));
      const collector = harness.replica();
      await collector.discover(signal);
      for (let look = 0; look < SCOPES.length; look++) await collector.poll();
      // A SQLite file belongs to one process.
      const connect = () =>
        databaseId === 'SQLITE_3' ? shared.knex : shared.connect().knex;
      /** What a run does to entities at the end of each of its batches. */
      const batches = async (scope: string) => {
        const knex = connect();
        const entities = new EntityStore(knex, harness.now);
        const ids = await knex('pipelines')
          .where('scope_key', 'like', `%${scope}`)
          .orderBy('id')
          .pluck('id');
        for (let batch = 1; batch <= BATCHES; batch++) {
          const number = batch * SCOPES.length + SCOPES.indexOf(scope);
          const all = mixed<string>(ids, number);
          const moved = all.slice(0, 8);
          await transact(knex, async tx => {
            for (const pipeline_id of moved) {
              const keys = tx('pipeline_keys').where({ pipeline_id });
              const [{ key }] = await keys.clone();
              await keys.update({
                key: key.startsWith('no ') ? key.slice(3) : `no ${key}`,
              });
            }
            await entities.relinkPipelines(tx, moved);
            await entities.makeDirtyByPipelines(tx, all.slice(8));
          });
          for await (const _ of entities.settleDirty());
          await new HistoryStore(knex).noteEntitiesDay(all, harness.now());
        }
      };
      const readings = async () => {
        const entities = new EntityStore(connect(), harness.now);
        for (let reading = 1; reading <= BATCHES; reading++)
          await entities.saveEntities(entitiesOf(reading));
      };
      await Promise.all([...SCOPES.map(batches), readings()]);
      const wanted = await shared
        .knex('entity_targets as t')
        .join('pipeline_keys as k', 'k.key', 't.key')
        .select('t.entity_ref', 'k.pipeline_id')
        .orderBy(['t.entity_ref', 'k.pipeline_id']);
      expect(
        await shared
          .knex('entity_pipelines')
          .select('entity_ref', 'pipeline_id')
          .orderBy(['entity_ref', 'pipeline_id']),
      ).toEqual(wanted);
      expect(await deadlocks(shared.knex)).toBe(0);
      await shared.close();
    });

    it('collect at once without a run that fails, and lose no link', async () => {
      const shared = await sharedDatabase(databases, databaseId);
      const provider = new TestProvider();
      provider.sources[0].maxScopesAtOnce = 50;
      SCOPES.forEach(scope => provider.has(scope, ...pipelinesOf(scope, 0)));
      const errors: string[] = [];
      const logger = mockServices.logger.mock({
        error: message => errors.push(message),
      });
      const replicas = await Promise.all(
        // A SQLite file belongs to one process.
        Array.from({ length: databaseId === 'SQLITE_3' ? 1 : 3 }, () =>
          collectorOn(shared.connect().knex, [provider], {
            logger,
            scopesAtOnce: 1,
          }),
        ),
      );
      const [first] = replicas;
      const collectors = replicas.map(one => one.replica());
      const anyDue = async () =>
        (await first.scopes.list()).some(
          ({ nextRunAt }) => nextRunAt <= first.now().toISOString(),
        );
      await collectors[0].discover(signal);
      for (let round = 1; round <= ROUNDS; round++) {
        SCOPES.forEach(scope =>
          provider.has(scope, ...pipelinesOf(scope, round)),
        );
        const linker = replicas[round % replicas.length].entities;
        await Promise.all([
          ...collectors.map(async collector => {
            // A look passes by what another replica or discovery holds just then, so a replica looks again and again.
            while (await anyDue()) {
              await collector.poll();
              await setTimeout(5);
            }
          }),
          linker.saveEntities(entitiesOf(round)),
          collectors[0].discover(signal),
        ]);
        for (const { entities } of replicas)
          for await (const _ of entities.settleDirty());
        const wanted = SCOPES.flatMap(scope =>
          pipelinesOf(scope, round).flatMap(({ ref, locators }) =>
            locators[0].value === `Shop/${ref.id}`
              ? [`component:default/${ref.id} ${scope}`]
              : [],
          ),
        );
        const links = await shared
          .knex('entity_pipelines as e')
          .join('pipelines as p', 'p.id', 'e.pipeline_id')
          .join('scopes as s', 's.key', 'p.scope_key')
          .select('e.entity_ref', 's.scope_id');
        expect(
          links.map(link => `${link.entity_ref} ${link.scope_id}`).sort(),
        ).toEqual(wanted.sort());
        replicas.forEach(one => one.later(HOUR + 1));
      }
      expect(errors).toEqual([]);
      expect(
        await shared.knex('runs').whereNot({ status: 'succeeded' }),
      ).toEqual([]);
      expect(await shared.knex('runs')).toHaveLength(ROUNDS * SCOPES.length);
      expect(await deadlocks(shared.knex)).toBe(0);
      expect(await first.knex('entities').where({ dirty: true })).toEqual([]);
      await shared.close();
    });
  });
});
