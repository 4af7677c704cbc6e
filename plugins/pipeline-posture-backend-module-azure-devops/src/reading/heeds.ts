import {
  Expression,
  parseExpression,
} from '../yaml/expression/parseExpression';
import { childOf, MappingNode, textOf } from '../yaml/nodes';
import { isOpen } from './settings';

/** Whose failure keeps a job or a stage from running: of all that came before, or of those that are named. */
type Heeds = 'all' | string[];

const NO_FAILURE = /^(succeeded|succeededwithissues|skipped)$/i;

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
  return typeof value === 'string' ? value : undefined;
}

const namesIn = (args: Expression[]): string[] =>
  args.flatMap(each => textIn(each)?.toLowerCase() ?? []);

/** The name in `dependencies.name.result`, in lower case. */
function dependencyIn(expression: Expression | undefined): string | undefined {
  if (expression?.kind !== 'index') return undefined;
  const { of, by } = expression;
  if (textIn(by)?.toLowerCase() !== 'result' || of.kind !== 'index')
    return undefined;
  return of.of.kind === 'name' && of.of.name === 'dependencies'
    ? textIn(of.by)?.toLowerCase()
    : undefined;
}

/** Of whom it says that they failed; false for all is what heeds them. */
function heedsIfFalse(expression: Expression): Heeds {
  if (expression.kind !== 'call') return [];
  const { name, args } = expression;
  if (name === 'failed') return args.length === 0 ? 'all' : namesIn(args);
  if (name === 'or') return both(args.map(heedsIfFalse));
  if (name === 'and') return either(args.map(heedsIfFalse));
  const failed = textIn(args[1])?.toLowerCase() === 'failed';
  const dependency = dependencyIn(args[0]);
  return name === 'eq' && failed && dependency ? [dependency] : [];
}

function heedsIfTrue(expression: Expression): Heeds {
  if (expression.kind === 'literal')
    return expression.value === false ? 'all' : [];
  if (expression.kind !== 'call') return [];
  const { name, args } = expression;
  switch (name) {
    case 'succeeded':
      return args.length === 0 ? 'all' : namesIn(args);
    case 'and':
      return both(args.map(heedsIfTrue));
    case 'or':
      return either(args.map(heedsIfTrue));
    case 'not':
      return args[0] ? heedsIfFalse(args[0]) : [];
    case 'eq':
    case 'in': {
      const [result, ...allowed] = args;
      const dependency = dependencyIn(result);
      const firm = allowed.every(each => NO_FAILURE.test(textIn(each) ?? ''));
      return dependency !== undefined && firm ? [dependency] : [];
    }
    default:
      return [];
  }
}

/**
 * The jobs or stages whose failure keeps this one from running, where a
 * condition of its own takes the place of `succeeded()`; nothing if the failure
 * of any does.
 */
export function heedsOnly(node: MappingNode): string[] | undefined {
  const condition = childOf(node, 'condition');
  if (condition === undefined) return undefined;
  if (isOpen(condition)) return [];
  const text = textOf(condition)?.trim() ?? '';
  if (text === '') return undefined;
  try {
    const heeds = heedsIfTrue(parseExpression(text));
    return heeds === 'all' ? undefined : heeds;
  } catch {
    // What cannot be read may let anything through.
    return [];
  }
}
