import {
  booleanOf,
  childOf,
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

const ALWAYS = /^\s*(succeeded|always|succeededOrFailed)\(\)\s*$/i;

/** True if a step, job or stage has a condition of its own beyond that nothing failed. */
export function runsOnlySometimes(node: MappingNode): boolean {
  const condition = childOf(node, 'condition');
  if (condition === undefined) return false;
  if (isOpen(condition)) return true;
  const text = textOf(condition);
  return text !== undefined && text.trim() !== '' && !ALWAYS.test(text);
}
