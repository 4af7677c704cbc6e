import { childOf, SequenceNode, YamlNode } from '../nodes';
import { FUNCTIONS } from './functions';
import { Expression } from './parseExpression';
import {
  decided,
  isCollection,
  isSettled,
  nodeOf,
  Plain,
  UNDECIDED,
  Value,
  valueOf,
  truthOf,
  textOfPlain,
} from './values';

/** Looks up what an expression names: `parameters`, `variables`, the variable of an `each`. */
export interface Names {
  /** The value of a whole context, for use as a collection. */
  context(name: string): Value | undefined;
  /** One member of a context, without building the whole. */
  member(context: string, key: string): Value | undefined;
}

const MOST_ALTERNATIVES = 50;

const unionOf = (values: Value[]) => [
  ...new Set(values.flatMap(({ uses }) => uses)),
];

function memberOf(data: Plain | undefined, key: Value): Value {
  if (data === undefined || key.data === undefined) return UNDECIDED;
  if (!isCollection(data)) return decided(null);
  if (data.kind === 'sequence') {
    const item = data.items[Number(key.data)];
    return valueOf(item);
  }
  const wanted = textOfPlain(key.data);
  const exact = childOf(data, wanted);
  if (exact) return valueOf(exact);
  const folded = wanted.toLowerCase();
  const loose = data.entries.find(
    each => String(each.key.value).toLowerCase() === folded,
  );
  return valueOf(loose?.value);
}

function everyMember(of: Value): Value {
  if (!isCollection(of.data))
    return of.data === undefined
      ? UNDECIDED
      : { data: null, decided: of.decided, uses: of.uses };
  if (of.data.kind === 'mapping') {
    const { entries, file, line } = of.data;
    const items = entries.map(each => each.value);
    // What may be another mapping may have other members.
    return { ...of, data: { kind: 'sequence', file, line, items } };
  }
  return of;
}

/** `list.*.name`: the member of each item. */
function membersOfEach(list: SequenceNode, key: Value): SequenceNode {
  const items: YamlNode[] = [];
  for (const item of list.items) {
    const { data } = valueOf(item);
    const found = data === undefined ? UNDECIDED : memberOf(data, key);
    if (found.data !== null) items.push(nodeOf(found, list, ''));
  }
  return { ...list, items };
}

const isFirm = ({ data, decided: firm }: Value) =>
  firm && (!isCollection(data) || isSettled(data));

/** The one value that varies between a few, if everything else that may vary does not. */
function onlyVarying(values: Value[]): Value | undefined {
  const open = values.filter(each => !isFirm(each));
  return open.length === 1 && open[0].alternatives ? open[0] : undefined;
}

/** One of a few texts as what it is: a text that reads "false" would count as true. */
function asTyped(text: string, { data }: Value): Plain {
  if (typeof data === 'boolean') return text.trim().toLowerCase() === 'true';
  if (typeof data === 'number') return Number(text);
  return text;
}

function call(name: string, args: Value[]): Value {
  const pure = FUNCTIONS[name];
  const uses = unionOf(args);
  if (!pure) return { ...UNDECIDED, uses };
  const isDecided = args.every(isFirm);
  // One decided argument can settle a condition whatever the others are.
  if (
    name === 'and' &&
    args.some(
      each => each.decided && each.data !== undefined && !truthOf(each.data),
    )
  )
    return decided(false);
  if (
    name === 'or' &&
    args.some(
      each => each.decided && each.data !== undefined && truthOf(each.data),
    )
  )
    return decided(true);
  if (args.some(each => each.data === undefined)) return { ...UNDECIDED, uses };
  const data = pure(args.map(each => each.data as Plain));
  if (data === undefined) return { ...UNDECIDED, uses };
  const varying = onlyVarying(args);
  if (!varying) return { data, decided: isDecided, uses };
  const alternatives = (varying.alternatives ?? [])
    .map(each => asTyped(each, varying))
    .map(each =>
      pure(args.map(arg => (arg === varying ? each : (arg.data as Plain)))),
    )
    .map(each => textOfPlain(each ?? null));
  return {
    data,
    decided: isDecided,
    uses,
    alternatives: [...new Set(alternatives)],
  };
}

/**
 * Works out an expression as far as it can be before the pipeline runs. Never
 * throws: what cannot be worked out is undecided.
 */
export function evaluate(expression: Expression, names: Names): Value {
  switch (expression.kind) {
    case 'literal':
      return decided(expression.value);
    case 'name':
      return names.context(expression.name) ?? UNDECIDED;
    case 'wildcard':
      return everyMember(evaluate(expression.of, names));
    case 'index': {
      const key = evaluate(expression.by, names);
      if (expression.of.kind === 'name' && key.data !== undefined) {
        const member = names.member(expression.of.name, textOfPlain(key.data));
        if (member)
          return {
            ...member,
            decided: member.decided && key.decided,
            uses: unionOf([member, key]),
          };
      }
      const of = evaluate(expression.of, names);
      if (
        expression.of.kind === 'wildcard' &&
        isCollection(of.data) &&
        of.data.kind === 'sequence'
      ) {
        return {
          data: membersOfEach(of.data, key),
          decided: of.decided && key.decided,
          uses: unionOf([of, key]),
        };
      }
      const member = memberOf(of.data, key);
      return {
        ...member,
        decided: member.decided && of.decided && key.decided,
        uses: unionOf([member, of, key]),
      };
    }
    default:
      return call(
        expression.name,
        expression.args.map(each => evaluate(each, names)),
      );
  }
}

/** Puts values into a text that holds several expressions. */
export function concatenate(parts: Array<string | Value>): Value {
  const values = parts.filter(
    (each): each is Value => typeof each !== 'string',
  );
  const uses = unionOf(values);
  if (values.some(each => each.data === undefined))
    return { ...UNDECIDED, uses };
  const write = (chosen?: string, varying?: Value) =>
    parts
      .map(each => {
        if (typeof each === 'string') return each;
        return each === varying && chosen !== undefined
          ? chosen
          : textOfPlain(each.data as Plain);
      })
      .join('');
  const varying = onlyVarying(values);
  const result: Value = {
    data: write(),
    decided: values.every(each => each.decided),
    uses,
  };
  const alternatives = varying?.alternatives ?? [];
  // Half a list would be taken for the whole.
  if (alternatives.length === 0 || alternatives.length > MOST_ALTERNATIVES)
    return result;
  return {
    ...result,
    alternatives: alternatives.map(each => write(each, varying)),
  };
}
