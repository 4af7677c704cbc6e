import { concatenate, evaluate, Names } from './expression/evaluate';
import {
  Expression,
  ExpressionSyntaxError,
  parseExpression,
} from './expression/parseExpression';
import { UNDECIDED, Value } from './expression/values';

interface Parsed {
  /** Texts and expressions in order. */
  parts: Array<string | Expression>;
  /** The one expression, if there is nothing else. */
  only?: Expression;
}

const cache = new Map<string, Parsed | 'malformed'>();
const MOST_CACHED = 5000;

/** Finds the end of an expression, past texts in quotes. */
function endOf(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith('}}', at)) return at;
  }
  return -1;
}

/** Where the compile-time expressions of a text stand, with their braces. Each place is looked at once. */
export function expressionsIn(
  text: string,
): Array<{ start: number; end: number }> {
  const found: Array<{ start: number; end: number }> = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('${{', at);
    const end = start < 0 ? -1 : endOf(text, start + 3);
    if (end < 0) return found;
    at = end + 2;
    found.push({ start, end: at });
  }
}

function parse(text: string): Parsed | 'malformed' {
  const known = cache.get(text);
  if (known) return known;
  const parts: Array<string | Expression> = [];
  let at = 0;
  let result: Parsed | 'malformed' = { parts };
  try {
    for (const { start, end } of expressionsIn(text)) {
      if (start > at) parts.push(text.slice(at, start));
      parts.push(parseExpression(text.slice(start + 3, end - 2)));
      at = end;
    }
    if (at < text.length) parts.push(text.slice(at));
    const [first] = parts;
    if (parts.length === 1 && typeof first !== 'string')
      result = { parts, only: first };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    result = 'malformed';
  }
  if (cache.size >= MOST_CACHED) cache.clear();
  cache.set(text, result);
  return result;
}

/** True if a text holds a compile-time expression. */
export const hasExpression = (text: string) => text.includes('${{');

/** Works out the compile-time expressions in a text. What is no valid expression is undecided. */
export function interpolate(text: string, names: Names): Value {
  const parsed = parse(text);
  if (parsed === 'malformed') return UNDECIDED;
  if (parsed.only) return evaluate(parsed.only, names);
  return concatenate(
    parsed.parts.map(each =>
      typeof each === 'string' ? each : evaluate(each, names),
    ),
  );
}

/** A key that decides structure. */
export type Directive =
  | { kind: 'if' | 'elseif'; condition: string }
  | { kind: 'else' }
  | { kind: 'insert' }
  | { kind: 'each'; variable: string; collection: string };

const DIRECTIVE = /^\s*\$\{\{\s*(if|elseif|else|each|insert)\b([^]*)\}\}\s*$/;

/** Reads a key as a directive; nothing for any other key. */
export function directiveOf(key: unknown): Directive | undefined {
  if (typeof key !== 'string' || !key.includes('${{')) return undefined;
  const match = DIRECTIVE.exec(key);
  if (!match) return undefined;
  const rest = match[2].trim();
  switch (match[1]) {
    case 'if':
    case 'elseif':
      return { kind: match[1], condition: rest };
    case 'each': {
      const each = /^(\w+)\s+in\s+([^]+)$/.exec(rest);
      return each
        ? { kind: 'each', variable: each[1], collection: each[2] }
        : undefined;
    }
    default:
      return match[1] === 'else' ? { kind: 'else' } : { kind: 'insert' };
  }
}
