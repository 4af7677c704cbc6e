import { Value, valueOf } from './expression/values';
import { childOf, itemsOf, ScalarNode, textOf, YamlNode } from './nodes';

/** One entry of a `variables:` block. */
export type DeclaredVariable =
  | { kind: 'value'; name: string; value: ScalarNode; readonly: boolean }
  | { kind: 'group'; name: string; node: ScalarNode };

/** Reads a `variables:` block in its map form and in its list form; templates are included already. */
export function declaredVariables(
  block: YamlNode | undefined,
): DeclaredVariable[] {
  if (
    block?.kind === 'mapping' &&
    !childOf(block, 'name') &&
    !childOf(block, 'group')
  ) {
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
  return itemsOf(block).flatMap((item): DeclaredVariable[] => {
    const group = childOf(item, 'group');
    if (group?.kind === 'scalar')
      return [{ kind: 'group', name: String(group.value), node: group }];
    const name = textOf(childOf(item, 'name'));
    const value = childOf(item, 'value');
    if (name !== undefined && value?.kind === 'scalar') {
      return [
        {
          kind: 'value',
          name,
          value,
          readonly: textOf(childOf(item, 'readonly')) === 'true',
        },
      ];
    }
    // The map form inside a template that a list includes.
    return item.kind === 'mapping' && name === undefined
      ? declaredVariables(item)
      : [];
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
