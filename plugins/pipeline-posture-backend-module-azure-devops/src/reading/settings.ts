import { evaluate, Names } from '../yaml/expression/evaluate';
import {
  Expression,
  ExpressionSyntaxError,
  parseExpression,
} from '../yaml/expression/parseExpression';
import {
  booleanOf,
  childOf,
  itemsOf,
  MappingNode,
  textOf,
  YamlNode,
} from '../yaml/nodes';

/** True if a setting is not the same in every run: whoever starts one, or a condition, decides. */
export const isOpen = (node: YamlNode | undefined): boolean =>
  node !== undefined && (node.kind !== 'scalar' || node.undecided === true);

/** A switch of a step or a job; undefined where it is not set, `open` where the run decides. */
export function switchOf(
  node: MappingNode,
  name: string,
): boolean | 'open' | undefined {
  const setting = childOf(node, name);
  if (setting === undefined) return undefined;
  if (isOpen(setting)) return 'open';
  const text = textOf(setting);
  // Any other text is a macro or a mistake; neither can be relied on.
  return text === undefined ? undefined : booleanOf(text) ?? 'open';
}

/** What is asked about the run so far, with the answer while nothing failed. */
const WHILE_FINE: Record<string, boolean> = {
  succeeded: true,
  always: true,
  succeededorfailed: true,
  failed: false,
  canceled: false,
};
const NO_NAMES: Names = { context: () => undefined, member: () => undefined };

/** An expression with the answers of a run in which nothing failed. */
function whileFine(expression: Expression): Expression {
  if (expression.kind !== 'call') return expression;
  const { name, args } = expression;
  // With arguments they are about some parts, which need not have run.
  return args.length === 0 && name in WHILE_FINE
    ? { kind: 'literal', value: WHILE_FINE[name] }
    : { ...expression, args: args.map(whileFine) };
}

/** True for the text of a condition beyond that nothing failed. */
export function isConditional(condition: string | undefined): boolean {
  if (!condition?.trim()) return false;
  try {
    const { data, decided } = evaluate(
      whileFine(parseExpression(condition)),
      NO_NAMES,
    );
    return !(decided && data === true);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return true;
    throw error;
  }
}

/** True if a step, job or stage has a condition of its own beyond that nothing failed. */
export function runsOnlySometimes(node: MappingNode): boolean {
  const condition = childOf(node, 'condition');
  return isOpen(condition) || isConditional(textOf(condition));
}

/** What keeps a step that should stop a run from stopping it. */
export function neutralised(step: MappingNode): string | undefined {
  const enabled = switchOf(step, 'enabled');
  if (enabled === false) return 'it is switched off';
  const ignored = switchOf(step, 'continueOnError');
  if (ignored === true) return 'its failures are ignored';
  if (enabled === 'open')
    return 'whether it is switched on is decided by the run';
  if (ignored === 'open')
    return 'whether its failures are ignored is decided by the run';
  if (runsOnlySometimes(step)) return 'it only runs under a condition';
  return step.conditional
    ? 'it is left out under a condition that is decided when the pipeline runs'
    : undefined;
}

/** Names that a list surely holds; those that the run decides may be missing. */
export const firmNames = (list: YamlNode | undefined): string[] =>
  list?.kind === 'sequence' && list.undecided
    ? []
    : itemsOf(list).flatMap(each => (isOpen(each) ? [] : textOf(each) || []));
