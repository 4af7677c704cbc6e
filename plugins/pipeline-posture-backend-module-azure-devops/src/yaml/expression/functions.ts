import { YamlNode } from '../nodes';
import {
  compare,
  equal,
  isCollection,
  Plain,
  textOfPlain,
  truthOf,
  valueOf,
} from './values';

type Pure = (args: Plain[]) => Plain | undefined;

function dataOf(node: YamlNode): Plain {
  return valueOf(node).data ?? null;
}

function itemsIn(data: Plain): Plain[] {
  if (!isCollection(data)) return [];
  return data.kind === 'sequence'
    ? data.items.map(dataOf)
    : data.entries.map(({ value }) => dataOf(value));
}

function jsonOf(data: Plain): unknown {
  if (!isCollection(data)) return data;
  if (data.kind === 'sequence')
    return data.items.map(item => jsonOf(dataOf(item)));
  return Object.fromEntries(
    data.entries.map(({ key, value }) => [
      String(key.value),
      jsonOf(dataOf(value)),
    ]),
  );
}

function format([pattern, ...args]: Plain[]): Plain {
  return textOfPlain(pattern).replace(
    /\{\{|\}\}|\{(\d+)(?::[^}]*)?\}/g,
    (match, index?: string) => {
      if (index === undefined) return match[0];
      return textOfPlain(args[Number(index)] ?? null);
    },
  );
}

function lengthOf([data]: Plain[]): Plain {
  if (!isCollection(data)) return textOfPlain(data).length;
  return data.kind === 'sequence' ? data.items.length : data.entries.length;
}

/** Parts that a function makes stand in no file; only their values are looked at. */
const NOWHERE = {
  file: { project: '', repository: '', ref: '', path: '' },
  line: 0,
};

/** Each character of the second text separates. */
function split([whole, separators]: Plain[]): Plain | undefined {
  const marks = new Set(textOfPlain(separators ?? null));
  if (isCollection(whole ?? null) || marks.size === 0) return undefined;
  const parts = [''];
  for (const character of textOfPlain(whole ?? null)) {
    if (marks.has(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return {
    kind: 'sequence',
    ...NOWHERE,
    items: parts.map(value => ({ kind: 'scalar', value, ...NOWHERE })),
  };
}

const text = (data: Plain | undefined) => textOfPlain(data ?? null);
const folded = (data: Plain | undefined) => text(data).toLowerCase();
const ordered =
  (accept: (difference: number) => boolean): Pure =>
  ([left, right]) => {
    const difference = compare(left ?? null, right ?? null);
    return difference === undefined ? undefined : accept(difference);
  };

/** The documented functions that need nothing but their arguments. An undefined result is undecided. */
export const FUNCTIONS: Record<string, Pure> = {
  and: args => args.every(truthOf),
  or: args => args.some(truthOf),
  not: ([value]) => !truthOf(value ?? null),
  xor: ([left, right]) => truthOf(left ?? null) !== truthOf(right ?? null),
  eq: ([left, right]) => equal(left ?? null, right ?? null),
  ne: ([left, right]) => !equal(left ?? null, right ?? null),
  gt: ordered(difference => difference > 0),
  ge: ordered(difference => difference >= 0),
  lt: ordered(difference => difference < 0),
  le: ordered(difference => difference <= 0),
  in: ([wanted, ...others]) => others.some(each => equal(wanted ?? null, each)),
  notin: ([wanted, ...others]) =>
    !others.some(each => equal(wanted ?? null, each)),
  contains: ([whole, part]) => folded(whole).includes(folded(part)),
  containsvalue: ([collection, wanted]) =>
    itemsIn(collection ?? null).some(each => equal(each, wanted ?? null)),
  startswith: ([whole, part]) => folded(whole).startsWith(folded(part)),
  endswith: ([whole, part]) => folded(whole).endsWith(folded(part)),
  coalesce: args => args.find(each => each !== null && each !== '') ?? null,
  format,
  join: ([separator, collection]) =>
    isCollection(collection ?? null)
      ? itemsIn(collection).map(textOfPlain).join(text(separator))
      : text(collection),
  length: lengthOf,
  lower: ([value]) => text(value).toLowerCase(),
  upper: ([value]) => text(value).toUpperCase(),
  split,
  trim: ([value]) => text(value).trim(),
  replace: ([whole, from, to]) =>
    text(from) === ''
      ? text(whole)
      : text(whole).split(text(from)).join(text(to)),
  converttojson: ([value]) => JSON.stringify(jsonOf(value ?? null), null, 2),
  iif: ([condition, yes, no]) =>
    (truthOf(condition ?? null) ? yes : no) ?? null,
};
