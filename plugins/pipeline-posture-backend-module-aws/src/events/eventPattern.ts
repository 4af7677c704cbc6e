import { globMatches } from '../iam/glob';

/** An event, or a part of one. */
export type EventValue =
  | string
  | number
  | boolean
  | null
  | EventValue[]
  | { [key: string]: EventValue };

/** A pattern that does not follow the rules of EventBridge. */
export class EventPatternError extends Error {}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === 'string',
  );

/** Patterns like `{ "equals-ignore-case": "x" }` inside prefix and suffix. */
function affix(value: unknown, fits: (text: string, part: string) => boolean) {
  const ignoringCase = isObject(value)
    ? value['equals-ignore-case']
    : undefined;
  return (candidate: EventValue): boolean => {
    if (typeof candidate !== 'string') return false;
    return ignoringCase === undefined
      ? texts(value).some(part => fits(candidate, part))
      : texts(ignoringCase).some(part =>
          fits(candidate.toLowerCase(), part.toLowerCase()),
        );
  };
}

/** `*` for any run of characters; a question mark means itself here. */
function wildcard(pattern: string, text: string): boolean {
  const escape = (value: string) => value.replace(/\?/g, '\u0001');
  return globMatches(escape(pattern), escape(text));
}

function compare(
  operator: unknown,
  candidate: number,
  bound: unknown,
): boolean {
  const limit = Number(bound);
  switch (operator) {
    case '=':
      return candidate === limit;
    case '<':
      return candidate < limit;
    case '<=':
      return candidate <= limit;
    case '>':
      return candidate > limit;
    case '>=':
      return candidate >= limit;
    default:
      throw new EventPatternError(
        `unknown numeric operator ${String(operator)}`,
      );
  }
}

function numeric(conditions: unknown, candidate: EventValue): boolean {
  if (!Array.isArray(conditions) || typeof candidate !== 'number') return false;
  for (let i = 0; i < conditions.length; i += 2) {
    if (!compare(conditions[i], candidate, conditions[i + 1])) return false;
  }
  return true;
}

const addressNumber = (address: string) =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

function cidr(range: unknown, candidate: EventValue): boolean {
  const [network, bits] = String(range).split('/');
  if (typeof candidate !== 'string' || !/^\d+(\.\d+){3}$/.test(candidate))
    return false;
  const size = 2 ** (32 - Number(bits));
  return (
    Math.floor(addressNumber(candidate) / size) ===
    Math.floor(addressNumber(network) / size)
  );
}

function anythingBut(refused: unknown, candidate: EventValue): boolean {
  if (isObject(refused)) {
    return !Object.entries(refused).some(([matcher, value]) =>
      (Array.isArray(value) ? value : [value]).some(item =>
        matchesContent({ [matcher]: item }, candidate),
      ),
    );
  }
  return !(Array.isArray(refused) ? refused : [refused]).some(
    item => item === candidate,
  );
}

/** Whether one value fits one element of a pattern's list. */
function matchesContent(matcher: unknown, candidate: EventValue): boolean {
  if (!isObject(matcher)) return matcher === candidate;
  const [[kind, value] = ['', undefined]] = Object.entries(matcher);
  switch (kind) {
    case 'prefix':
      return affix(value, (text, part) => text.startsWith(part))(candidate);
    case 'suffix':
      return affix(value, (text, part) => text.endsWith(part))(candidate);
    case 'equals-ignore-case':
      return (
        typeof candidate === 'string' &&
        texts(value).some(
          text => text.toLowerCase() === candidate.toLowerCase(),
        )
      );
    case 'wildcard':
      return (
        typeof candidate === 'string' &&
        texts(value).some(text => wildcard(text, candidate))
      );
    case 'anything-but':
      return anythingBut(value, candidate);
    case 'numeric':
      return numeric(value, candidate);
    case 'cidr':
      return cidr(value, candidate);
    case 'exists':
      return value === true;
    default:
      throw new EventPatternError(`unknown matcher ${kind}`);
  }
}

const isAbsenceMatcher = (matcher: unknown) =>
  isObject(matcher) && matcher.exists === false;

function matchesField(list: unknown, value: EventValue | undefined): boolean {
  if (!Array.isArray(list)) {
    throw new EventPatternError('a field is neither an object nor a list');
  }
  if (value === undefined) return list.some(isAbsenceMatcher);
  const candidates = Array.isArray(value) ? value : [value];
  return list.some(
    matcher =>
      !isAbsenceMatcher(matcher) &&
      candidates.some(candidate => matchesContent(matcher, candidate)),
  );
}

function matchesObject(pattern: Json, event: EventValue | undefined): boolean {
  const fields = isObject(event)
    ? (event as { [key: string]: EventValue })
    : {};
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === '$or' && Array.isArray(expected)) {
      return expected.some(
        part => isObject(part) && matchesObject(part, event),
      );
    }
    const value = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return isObject(expected)
      ? matchesObject(expected, value)
      : matchesField(expected, value);
  });
}

/**
 * Whether EventBridge would send an event to a rule with this pattern.
 *
 * @param pattern - JSON text
 * @throws EventPatternError when the pattern does not follow the rules, so that nobody takes it for one that matches nothing
 */
export function matchesEvent(pattern: string, event: EventValue): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(pattern);
  } catch {
    throw new EventPatternError('it is not JSON');
  }
  if (!isObject(parsed)) throw new EventPatternError('it is not an object');
  return matchesObject(parsed, event);
}
