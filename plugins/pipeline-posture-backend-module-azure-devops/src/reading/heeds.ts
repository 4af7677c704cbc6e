import {
  Expression,
  parseExpression,
} from '../yaml/expression/parseExpression';
import { childOf, MappingNode, YamlNode } from '../yaml/nodes';
import { isOpen } from './settings';
import { End, JobReading } from './types';

/** Which parts keep a job or a stage from running, if they end badly: all that came before, or those that are named. */
type Heeds = 'all' | string[];

/** Results that must not be let through; a part that was stopped counts as one that failed. */
const RESULTS: Record<End, string[]> = {
  failed: ['failed', 'canceled'],
  skipped: ['skipped'],
};

const both = (parts: Heeds[]): Heeds =>
  parts.includes('all') ? 'all' : parts.flatMap(each => each);

const either = (parts: Heeds[]): Heeds =>
  parts.reduce((one, other) => {
    if (one === 'all') return other;
    if (other === 'all') return one;
    return one.filter(name => other.includes(name));
  }, 'all' as Heeds);

function textIn(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'literal') return undefined;
  const { value } = expression;
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

const namesIn = (args: Expression[]): Heeds =>
  args.length === 0 ? 'all' : args.flatMap(each => textIn(each) ?? []);

/** The name in `dependencies.name.result`, in lower case. */
function dependencyIn(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'index') return undefined;
  const { of, by } = expression;
  if (textIn(by) !== 'result' || of.kind !== 'index') return undefined;
  return of.of.kind === 'name' && of.of.name === 'dependencies'
    ? textIn(of.by)
    : undefined;
}

/** Which part keeps a comparison of its result with some values from being what is wanted. */
function heedsOfResult(args: Expression[], wanted: boolean, end: End): Heeds {
  // `eq` is also written the other way round.
  const turned = args.length === 2 && dependencyIn(args[0]) === undefined;
  const [result, ...values] = turned ? [...args].reverse() : args;
  const dependency = dependencyIn(result);
  if (dependency === undefined) return [];
  const texts = values.map(textIn);
  const kept = wanted
    ? texts.every(each => each !== undefined && !RESULTS[end].includes(each))
    : texts.includes(end);
  return kept ? [dependency] : [];
}

/**
 * Whose bad end keeps an expression from being what is wanted. One that must be
 * true is kept from it by `succeeded()`; one that must be false, as it stands
 * behind `not`, by `failed()`: whose failure makes it true, so that its negation
 * heeds it.
 */
function heedsOf(expression: Expression, wanted: boolean, end: End): Heeds {
  if (expression.kind === 'literal')
    return expression.value === !wanted ? 'all' : [];
  if (expression.kind !== 'call') return [];
  const { name, args } = expression;
  const parts = () => args.map(each => heedsOf(each, wanted, end));
  switch (name) {
    case 'and':
      return wanted ? both(parts()) : either(parts());
    case 'or':
      return wanted ? either(parts()) : both(parts());
    case 'not':
      return args[0] ? heedsOf(args[0], !wanted, end) : [];
    case 'succeeded':
      return wanted ? namesIn(args) : [];
    case 'failed':
      // A part that was skipped did not fail.
      return !wanted && end === 'failed' ? namesIn(args) : [];
    case 'eq':
    case 'in':
      return heedsOfResult(args, wanted, end);
    case 'ne':
    case 'notin':
      return heedsOfResult(args, !wanted, end);
    default:
      return [];
  }
}

function heedsOfText(text: string, end: End): Heeds {
  // Without a condition it is `succeeded()`.
  if (text.trim() === '') return 'all';
  try {
    return heedsOf(parseExpression(text), true, end);
  } catch {
    // What cannot be read may let anything through.
    return [];
  }
}

/** All that a condition may be; nothing if that is not a list. */
function textsOf(condition: YamlNode): readonly string[] | undefined {
  if (condition.kind !== 'scalar') return undefined;
  if (condition.alternatives?.length) return condition.alternatives;
  return isOpen(condition) ? undefined : [String(condition.value ?? '')];
}

/** What a condition heeds, whichever of its texts it is. */
function heeded(condition: YamlNode, end: End): string[] | undefined {
  const texts = textsOf(condition);
  if (!texts) return [];
  const heeds = either(texts.map(each => heedsOfText(each, end)));
  return heeds === 'all' ? undefined : heeds;
}

/** The same for a condition that is known to be this text. */
export function heedsOfCondition(
  condition: string | undefined,
): Pick<JobReading, 'heeds' | 'heedsSkips'> {
  const heeds = heedsOfText(condition ?? '', 'failed');
  const heedsSkips = heedsOfText(condition ?? '', 'skipped');
  return {
    ...(heeds !== 'all' && { heeds }),
    ...(heedsSkips !== 'all' && { heedsSkips }),
  };
}

/**
 * The jobs or stages whose failure, and those whose being skipped, keeps this
 * one from running, where a condition of its own takes the place of
 * `succeeded()`; nothing if that of any does.
 */
export function heedsOnly(node: MappingNode): {
  heeds?: string[];
  heedsSkips?: string[];
} {
  const condition = childOf(node, 'condition');
  if (condition === undefined) return {};
  const heeds = heeded(condition, 'failed');
  const heedsSkips = heeded(condition, 'skipped');
  return { ...(heeds && { heeds }), ...(heedsSkips && { heedsSkips }) };
}
