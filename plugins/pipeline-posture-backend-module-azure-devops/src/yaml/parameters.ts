import {
  decided,
  textOfPlain,
  UNDECIDED,
  Value,
  valueOf,
} from './expression/values';
import { directiveOf } from './interpolate';
import { booleanOf, childOf, itemsOf, textOf, YamlNode } from './nodes';

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
      type: value.kind === 'scalar' ? 'any' : 'object',
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
      const guess = usual ? typed(valueOf(usual), type).data : values?.[0];
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
  passed: YamlNode | undefined,
): Map<string, Value> {
  const given = passed?.kind === 'mapping' ? passed : undefined;
  // Where it is not known what is passed, no default can be relied on.
  const open =
    passed !== undefined &&
    ((given === undefined &&
      !(passed.kind === 'scalar' && passed.value === null)) ||
      given?.undecided === true ||
      given?.entries.some(
        ({ key, value }) => value.kind === 'hole' && directiveOf(key.value),
      ) === true);
  const types = new Map(
    declared.map(each => [each.name.toLowerCase(), each.type]),
  );
  const values = new Map<string, Value>();
  for (const { name, type, default: usual } of declared) {
    const value = usual ? valueOf(usual) : decided(null);
    values.set(name.toLowerCase(), open ? UNDECIDED : typed(value, type));
  }
  for (const { key, value } of given?.entries ?? []) {
    const name = String(key.value).toLowerCase();
    values.set(
      name,
      value.kind === 'hole'
        ? UNDECIDED
        : typed(valueOf(value), types.get(name) ?? ''),
    );
  }
  return values;
}

/** As Azure Pipelines takes a value for the type that a parameter declares. */
function typed(value: Value, type: string): Value {
  const { data } = value;
  if (data === undefined || data === null || typeof data === 'object')
    return value;
  switch (type.toLowerCase()) {
    case 'boolean': {
      const truth = booleanOf(String(data));
      return truth === undefined ? UNDECIDED : { ...value, data: truth };
    }
    case 'number': {
      const number = Number(data);
      return Number.isNaN(number) ? UNDECIDED : { ...value, data: number };
    }
    // A text that reads "false" is a text like any other, and not empty.
    case 'string':
      return { ...value, data: textOfPlain(data) };
    default:
      return value;
  }
}
