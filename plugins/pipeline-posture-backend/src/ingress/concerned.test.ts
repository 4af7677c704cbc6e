import { TestDatabases } from '@backstage/backend-test-utils';
import { known } from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { collectorOn } from '../__testUtils__/harness';
import { TestProvider } from '../__testUtils__/TestProvider';
import { concernedPipelines } from './concerned';

const signal = new AbortController().signal;
const prefix = 'arn:aws:iam::111122223333:role/';
const acting = (id: string, role: string) =>
  aSnapshot({
    ref: { provider: '', scope: '', id },
    name: id,
    identities: known([anIdentity({ id: `${prefix}${role}` })]),
  });

describe('pipelines that a change of a role concerns', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'act as it, whatever its path, on %s',
    async databaseId => {
      const provider = new TestProvider().has(
        'A',
        acting('plain', 'deploy_all'),
        acting('path', 'service-role/deploy_all'),
        acting('deep', 'a/b/deploy_all'),
        acting('longer', 'not-deploy_all'),
        acting('other', 'service-role/deployXall'),
        acting('inside', 'deploy_all/other'),
      );
      const { knex, replica } = await collectorOn(
        await databases.init(databaseId),
        [provider],
      );
      const collector = replica();
      await collector.discover(signal);
      await collector.poll();
      const concerned = async (suffix: string) =>
        (
          await concernedPipelines(knex, provider.id, {
            eventId: '1',
            pipelines: [],
            repositories: [],
            identities: [],
            identityPatterns: [{ prefix, suffix }],
          })
        )
          .map(({ id }) => id)
          .sort();
      expect(await concerned('deploy_all')).toEqual(['deep', 'path', 'plain']);
      expect(await concerned('%')).toEqual([]);
    },
  );
});
