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

/** What `variables.x` comes to in expressions below a block. */
export function variablesIn(block: YamlNode): Map<string, Value> {
  return new Map(
    declaredVariables(block).flatMap(each =>
      each.kind === 'value'
        ? [[each.name.toLowerCase(), valueOf(each.value)] as const]
        : [],
    ),
  );
}
