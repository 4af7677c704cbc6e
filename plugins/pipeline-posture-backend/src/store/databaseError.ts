/** Knex puts the statement before what the database said. */
const STATEMENT =
  /^(insert into|delete from|update ["`]|with ["`]|select .* from|begin;|commit;|rollback|savepoint|release) /is;

/** Classes of PostgreSQL for values that it does not take: wrong data, a broken constraint, beyond a limit. */
const VALUE_CLASSES = ['22', '23', '54'];

/** By what they have, not by their class: errors of native modules are of another one. */
const partsOf = (error: unknown) =>
  (error ?? {}) as Partial<
    Record<'name' | 'message' | 'code' | 'severity', unknown>
  >;

function isOfDatabase(error: unknown): boolean {
  const { name, message, severity } = partsOf(error);
  return (
    name === 'SqliteError' ||
    name === 'KnexTimeoutError' ||
    severity !== undefined ||
    STATEMENT.test(`${message} `)
  );
}

/**
 * What may be said of an error of the database. Its own message holds the statement with all its values: whole snapshots.
 *
 * @returns undefined for an error that comes from elsewhere
 */
export function databaseTrouble(error: unknown): string | undefined {
  if (!isOfDatabase(error)) return undefined;
  const { code } = partsOf(error);
  return typeof code === 'string' && /^\w{1,40}$/.test(code)
    ? `The database refused a query (${code})`
    : 'The database did not answer a query';
}

/** The same error, but one of the database without the values of its statement. */
export function withoutValues(error: unknown): unknown {
  const trouble = databaseTrouble(error);
  return trouble === undefined ? error : new Error(trouble);
}

/** Whether the database works, and does not take these values. */
export function isRefusedValue(error: unknown): boolean {
  const { code } = partsOf(error);
  if (typeof code !== 'string' || !isOfDatabase(error)) return false;
  return (
    VALUE_CLASSES.includes(code.slice(0, 2)) ||
    /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH)/.test(code)
  );
}
