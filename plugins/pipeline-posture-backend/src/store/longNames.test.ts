import { TestDatabases } from '@backstage/backend-test-utils';
import { known } from 'backstage-plugin-pipeline-posture-common';
import {
  anIdentity,
  aSnapshot,
  aSource,
  aStage,
  aUnit,
} from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { component } from '../__testUtils__/backend';
import { TestProvider } from '../__testUtils__/TestProvider';
import { toLinkedEntity } from '../entities/CatalogLinker';
import { LinkedEntity } from './EntityStore';

const signal = new AbortController().signal;
const long = '漢'.repeat(900);
const acting = (name: string, identity: string) =>
  aSnapshot({
    ref: { provider: '', scope: '', id: name },
    name,
    identities: known([anIdentity({ id: identity })]),
    stages: known([
      aStage({ units: [aUnit({ identityIds: known([identity]) })] }),
    ]),
    sources: known([
      aSource({
        url: `https://example.com/${long}`,
        host: 'example.com',
        name: long,
      }),
    ]),
    locators: [
      { annotation: 'dev.azure.com/project-repo', value: `Shop/${long}` },
    ],
  });

describe('names that authors of pipelines make long', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('on %s', databaseId => {
    it('stop no run, and still join what belongs together', async () => {
      const provider = new TestProvider()
        .has('A', acting('one', `unresolved:${long}`), acting('nul', 'a\0b'))
        .has('B', acting('two', `unresolved:${long}`));
      const { replica, knex, entities } = await collectorOn(
        await databases.init(databaseId),
        [provider],
      );
      const collector = replica();
      await collector.discover(signal);
      await collector.poll();
      expect(await knex('runs').select('status', 'error')).toEqual([
        { status: 'succeeded', error: null },
        { status: 'succeeded', error: null },
      ]);
      const shared = await knex('findings')
        .where({ control_id: 'identity-serves-one-pipeline', status: 'fail' })
        .count({ n: '*' });
      expect(Number(shared[0].n)).toBe(2);
      const entity = toLinkedEntity({
        ...component('orders', {
          'dev.azure.com/project-repo': `Shop/${long}`,
        }),
      }) as LinkedEntity;
      expect(await entities.saveEntities([entity])).toEqual([]);
      expect(await entities.pipelinesOf(entity.entityRef)).toHaveLength(3);
    });

    it('in the catalog stop no other entity', async () => {
      const { entities, knex } = await collectorOn(
        await databases.init(databaseId),
        [],
      );
      const one = component('one', {
        'dev.azure.com/project-repo': 'Shop/one',
      });
      const titled = toLinkedEntity({
        ...one,
        metadata: { ...one.metadata, name: 'titled', title: long },
        spec: { lifecycle: long },
      }) as LinkedEntity;
      const good = toLinkedEntity(one) as LinkedEntity;
      // Nothing that the linker makes is refused; should there be something, it is one entity.
      const refused = {
        ...good,
        entityRef: 'component:default/refused',
        kind: null as unknown as string,
      };
      expect(await entities.saveEntities([titled, refused, good])).toEqual([
        refused.entityRef,
      ]);
      expect(await entities.saveEntities([refused])).toEqual([
        refused.entityRef,
      ]);
      expect(await knex('entities').pluck('entity_ref')).toHaveLength(2);
    });
  });
});
