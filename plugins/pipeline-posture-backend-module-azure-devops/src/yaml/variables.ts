import { eitherScalar } from './eitherOf';
import { Value, valueOf } from './expression/values';
import {
  childOf,
  itemsOf,
  MappingNode,
  ScalarNode,
  textOf,
  YamlNode,
} from './nodes';

/** One entry of a `variables:` block. */
export type DeclaredVariable =
  | { kind: 'value'; name: string; value: ScalarNode; readonly: boolean }
  | { kind: 'group'; name: string; node: ScalarNode };

function mapForm(block: MappingNode): DeclaredVariable[] {
  return block.entries.flatMap(({ key, value }) =>
    value.kind === 'scalar'
      ? [
          {
            kind: 'value' as const,
            name: String(key.value),
            value,
            readonly: false,
          },
        ]
      : [],
  );
}

const isListItem = (node: MappingNode) =>
  childOf(node, 'name') !== undefined || childOf(node, 'group') !== undefined;

/** Reads a `variables:` block in its map form and in its list form; templates are included already. */
export function declaredVariables(
  block: YamlNode | undefined,
): DeclaredVariable[] {
  return itemsOf(block).flatMap((item): DeclaredVariable[] => {
    if (item.kind !== 'mapping') return [];
    // The map form, or that of a template which a list includes.
    if (!isListItem(item)) return mapForm(item);
    const group = childOf(item, 'group');
    if (group?.kind === 'scalar') {
      return [{ kind: 'group', name: String(group.value), node: group }];
    }
    const name = textOf(childOf(item, 'name'));
    const value = childOf(item, 'value');
    if (name === undefined || value?.kind !== 'scalar') return [];
    const readonly = textOf(childOf(item, 'readonly')) === 'true';
    return [{ kind: 'value', name, value, readonly }];
  });
}

/**
 * The values that variables have below a block, by name in lower case. One
 * that a condition may set is either; after a part that could not be resolved,
 * nothing that came before is sure.
 */
export function settledVariables(
  block: YamlNode | undefined,
): Map<string, ScalarNode> {
  const settled = new Map<string, ScalarNode>();
  const open = () => {
    for (const [name, value] of settled) {
      const { alternatives: _, ...rest } = value;
      settled.set(name, { ...rest, undecided: true });
    }
  };
  for (const item of itemsOf(block)) {
    const maybe = item.kind === 'mapping' && item.maybe === true;
    for (const each of declaredVariables(item)) {
      if (each.kind === 'group') continue;
      const name = each.name.toLowerCase();
      settled.set(
        name,
        maybe ? eitherScalar(settled.get(name), each.value) : each.value,
      );
    }
    const unresolved =
      item.kind === 'hole' ||
      (item.kind === 'scalar' && item.value !== null) ||
      (item.kind === 'mapping' &&
        item.entries.some(({ value }) => value.kind === 'hole'));
    if (unresolved) open();
  }
  if (block && block.kind !== 'scalar' && block.kind !== 'hole')
    if (block.undecided) open();
  return settled;
}

/** What `variables.x` comes to in expressions below a block. */
export function variablesIn(block: YamlNode): Map<string, Value> {
  return new Map(
    [...settledVariables(block)].map(([name, value]) => [name, valueOf(value)]),
  );
}
