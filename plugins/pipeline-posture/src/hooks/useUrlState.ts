import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** How one part of the state stands in the address. */
export interface UrlParam<T> {
  /** What is meant where the address says nothing; it is then left out. */
  fallback: T;
  /** Reads the values of the key; puts what it does not know into `rejected`. */
  parse(values: string[]): { value: T; rejected: string[] };
  format(value: T): string[];
}

/** A text. */
export const text = (): UrlParam<string> => ({
  fallback: '',
  parse: ([value = '']) => ({ value, rejected: [] }),
  format: value => (value === '' ? [] : [value]),
});

/** One of several words. */
export const oneOf = <T extends string>(
  words: readonly T[],
  fallback: T,
): UrlParam<T> => ({
  fallback,
  parse: ([value]) => {
    const known = words.find(word => word === value);
    return known === undefined
      ? { value: fallback, rejected: value === undefined ? [] : [value] }
      : { value: known, rejected: [] };
  },
  format: value => [value],
});

/** Says in the address that none of a list with a default is chosen. */
const ALL = 'all';

/** Any of several words. */
export const manyOf = <T extends string>(
  words: readonly T[],
  fallback: readonly T[] = [],
): UrlParam<readonly T[]> => ({
  fallback,
  parse: values => {
    const given = values.flatMap(value => value.split(','));
    if (given.includes(ALL)) return { value: [], rejected: [] };
    const value = words.filter(word => given.includes(word));
    const rejected = given.filter(
      one => !words.some(word => word === one) && one !== '',
    );
    return {
      value: value.length > 0 ? value : fallback,
      rejected,
    };
  },
  format: value => (value.length === 0 ? [ALL] : [...value]),
});

/** Any texts. */
export const texts = (): UrlParam<readonly string[]> => ({
  fallback: [],
  parse: values => ({ value: values.filter(Boolean), rejected: [] }),
  format: value => [...value],
});

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Whether a text is a day that exists: `2026-11-21`. */
export const isDay = (value: string): boolean =>
  DAY.test(value) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

/** A day, `2026-11-21`; empty where none is meant. */
export const day = (): UrlParam<string> => ({
  fallback: '',
  parse: ([value = '']) =>
    value === '' || isDay(value)
      ? { value, rejected: [] }
      : { value: '', rejected: [value] },
  format: value => (value === '' ? [] : [value]),
});

/** A whole number. */
export const whole = (
  fallback: number,
  range: { from: number; to: number },
): UrlParam<number> => ({
  fallback,
  parse: ([value]) => {
    if (value === undefined) return { value: fallback, rejected: [] };
    const number = /^\d{1,7}$/.test(value) ? Number(value) : NaN;
    return number >= range.from && number <= range.to
      ? { value: number, rejected: [] }
      : { value: fallback, rejected: [value] };
  },
  format: value => [String(value)],
});

/** The parts of a state by their keys in the address. */
export type UrlSchema<S> = { [K in keyof S]: UrlParam<S[K]> };

/** State that lives in the address. */
export interface UrlState<S> {
  state: S;
  /** What stands in the address and means nothing: `grade=Z`. */
  rejected: string[];
  /** Changes parts. Typing replaces the history's entry; everything else adds one, so that Back undoes one step. */
  update(changes: Partial<S>, options?: { replace?: boolean }): void;
  /** Search part of an address with these changes. */
  searchWith(changes: Partial<S>): string;
}

const same = (a: unknown, b: unknown) =>
  JSON.stringify(a) === JSON.stringify(b);

/**
 * Keeps state in the address: shareable, restored on reload, undone by Back. The only place that knows the router.
 *
 * @param schema - must stay the same object
 */
export function useUrlState<S extends object>(
  schema: UrlSchema<S>,
): UrlState<S> {
  const [search, setSearch] = useSearchParams();

  const { state, rejected } = useMemo(() => {
    const values: Partial<S> = {};
    const unknown: string[] = [];
    for (const key of Object.keys(schema) as Array<keyof S & string>) {
      const read = schema[key].parse(search.getAll(key));
      values[key] = read.value;
      unknown.push(...read.rejected.map(value => `${key}=${value}`));
    }
    return { state: values as S, rejected: unknown };
  }, [schema, search]);

  const changed = useCallback(
    (before: URLSearchParams, changes: Partial<S>) => {
      const next = new URLSearchParams(before);
      for (const key of Object.keys(changes) as Array<keyof S & string>) {
        const value = changes[key] as S[typeof key];
        next.delete(key);
        if (same(value, schema[key].fallback)) continue;
        schema[key].format(value).forEach(one => next.append(key, one));
      }
      return next;
    },
    [schema],
  );

  const update = useCallback(
    (changes: Partial<S>, options: { replace?: boolean } = {}) =>
      setSearch(before => changed(before, changes), {
        replace: options.replace,
      }),
    [changed, setSearch],
  );

  const searchWith = useCallback(
    (changes: Partial<S>) => {
      const found = changed(search, changes).toString();
      return found && `?${found}`;
    },
    [changed, search],
  );

  return { state, rejected, update, searchWith };
}
