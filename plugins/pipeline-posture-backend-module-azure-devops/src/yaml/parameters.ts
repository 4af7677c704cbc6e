import { decided, UNDECIDED, Value, valueOf } from './expression/values';
import { childOf, itemsOf, MappingNode, textOf, YamlNode } from './nodes';

/** A parameter that a pipeline or a template declares. */
export interface DeclaredParameter {
  name: string;
  type: string;
  default?: YamlNode;
  /** The only values that it may have, if it says so. */
  values?: string[];
  line: number;
}

/** Reads a `parameters:` block in its list form and in its older map form. */
export function declaredParameters(
  file: YamlNode | undefined,
): DeclaredParameter[] {
  const block = childOf(file, 'parameters');
  if (block?.kind === 'mapping') {
    return block.entries.map(({ key, value }) => ({
      name: String(key.value),
      // The older form says nothing about types.
      type: value.kind === 'scalar' ? 'string' : 'object',
      default: value,
      line: key.line,
    }));
  }
  return itemsOf(block).flatMap(item => {
    const name = textOf(childOf(item, 'name'));
    if (name === undefined) return [];
    const values = itemsOf(childOf(item, 'values')).flatMap(
      each => textOf(each) ?? [],
    );
    return [
      {
        name,
        type: textOf(childOf(item, 'type')) ?? 'string',
        default: childOf(item, 'default'),
        ...(values.length > 0 && { values }),
        line: item.line,
      },
    ];
  });
}

const ONLY_VALUES: Record<string, string[]> = { boolean: ['true', 'false'] };

/**
 * The parameters of the pipeline itself: whoever starts a run chooses them, so
 * a default is a guess and never a decision.
 */
export function runTimeParameters(
  declared: DeclaredParameter[],
): Map<string, Value> {
  return new Map(
    declared.map(({ name, type, default: usual, values }) => {
      const guess = usual ? valueOf(usual).data : values?.[0];
      const alternatives = values ?? ONLY_VALUES[type];
      const value: Value = { data: guess, decided: false, uses: [name] };
      if (alternatives) value.alternatives = alternatives;
      return [name.toLowerCase(), value];
    }),
  );
}

/**
 * The parameters of a template, as its caller passes them.
 *
 * @param passed - the caller's `parameters:`, already worked out
 */
export function templateParameters(
  declared: DeclaredParameter[],
  passed: MappingNode | undefined,
): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const { name, default: usual } of declared) {
    values.set(name.toLowerCase(), usual ? valueOf(usual) : decided(null));
  }
  for (const { key, value } of passed?.entries ?? []) {
    values.set(
      String(key.value).toLowerCase(),
      value.kind === 'hole' ? UNDECIDED : valueOf(value),
    );
  }
  return values;
}
