import { Knex } from 'knex';

/** Codes of PostgreSQL: two transactions waited for each other, or could not be put into an order. */
const TRY_AGAIN: ReadonlySet<unknown> = new Set(['40P01', '40001']);

const MOST_ATTEMPTS = 3;

/**
 * Does something in one transaction. Writers take their locks in one order, so that none waits for another in a ring;
 * should the database have to end one all the same, it is done again.
 *
 * @param work - leaves nothing behind but what it writes: it may be called again
 * @throws whatever `work` throws, after its transaction was undone
 */
export async function transact<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await knex.transaction(work);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (attempt === MOST_ATTEMPTS || !TRY_AGAIN.has(code)) throw error;
    }
  }
}
