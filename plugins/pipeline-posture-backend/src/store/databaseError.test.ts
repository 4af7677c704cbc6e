import { TestDatabases } from '@backstage/backend-test-utils';
import {
  databaseTrouble,
  isRefusedValue,
  withoutValues,
} from './databaseError';

describe('errors of the database', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'are told without their values, on %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await knex.schema.createTable('things', table => {
        table.string('name').primary();
      });
      const write = () => knex('things').insert({ name: 'hunter2' });
      await write();
      const refused = await write().catch(error => error);
      expect(refused.message).toContain('insert into');
      expect(databaseTrouble(refused)).toMatch(
        /^The database refused a query \((23505|SQLITE_CONSTRAINT\w*)\)$/,
      );
      expect((withoutValues(refused) as Error).message).not.toMatch(
        /hunter2|insert/,
      );
      expect(isRefusedValue(refused)).toBe(true);
      const wrong = await knex('nothing')
        .where({ name: 'hunter2' })
        .catch(error => error);
      expect(databaseTrouble(wrong)).toMatch(/^The database refused a query/);
      expect(isRefusedValue(wrong)).toBe(false);
    },
  );

  it('are known by their statement where the connection broke', () => {
    expect(
      databaseTrouble(
        new Error(
          'insert into "pipelines" ("id") values (\'x\') - Connection terminated unexpectedly',
        ),
      ),
    ).toBe('The database did not answer a query');
  });

  it('are not those of a source', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), {
      code: 'ECONNREFUSED',
    });
    expect(databaseTrouble(error)).toBeUndefined();
    expect(withoutValues(error)).toBe(error);
    expect(databaseTrouble(new Error('Update the token'))).toBeUndefined();
  });
});
