import { HoleNode, MappingEntry, ScalarNode, YamlNode } from './nodes';

/** A place where something stands that could not be resolved. */
export function hole(
  at: YamlNode,
  because: string,
  code: HoleNode['code'] = 'unresolved',
): HoleNode {
  return { kind: 'hole', file: at.file, line: at.line, because, code };
}

/** All that a scalar may be; nothing if that is not a list. */
function choicesOf(node: ScalarNode): readonly string[] | undefined {
  if (node.alternatives) return node.alternatives;
  return node.undecided ? undefined : [String(node.value ?? '')];
}

/** One of two scalars, as a condition decides when the pipeline runs. */
export function eitherScalar(
  one: ScalarNode | undefined,
  other: ScalarNode,
): ScalarNode {
  const choices = [one, other].map(each => (each ? choicesOf(each) : []));
  const uses = [...new Set([...(one?.uses ?? []), ...(other.uses ?? [])])];
  const { alternatives: _, ...rest } = other;
  const known = choices.every(each => each !== undefined);
  return {
    ...rest,
    undecided: true,
    ...(uses.length > 0 && { uses }),
    ...(known && {
      alternatives: [...new Set(choices.flatMap(each => each ?? []))],
    }),
  };
}

/** An item that may be missing from its list. */
export function perhaps(item: YamlNode): YamlNode {
  switch (item.kind) {
    case 'mapping':
      return { ...item, maybe: true };
    case 'sequence':
      return { ...item, undecided: true };
    case 'scalar':
      return eitherScalar(undefined, item);
    default:
      return item;
  }
}

function eitherOf(one: YamlNode | undefined, other: YamlNode): YamlNode {
  if (other.kind === 'scalar' && (!one || one.kind === 'scalar'))
    return eitherScalar(one, other);
  if (!one) return other;
  if (one.kind === 'sequence' && other.kind === 'sequence') {
    return { ...other, items: [...one.items, ...other.items] };
  }
  if (one.kind === 'mapping' && other.kind === 'mapping') {
    const entries = [...one.entries];
    for (const entry of other.entries) put(entries, entry, true);
    return { ...other, entries };
  }
  return hole(
    other,
    'what stands here is decided by a condition when the pipeline runs',
  );
}

/**
 * Adds an entry to a mapping. One that may be missing does not take the place
 * of an earlier one with its key: from then on it is either.
 */
export function put(
  entries: MappingEntry[],
  entry: MappingEntry,
  maybe: boolean,
): void {
  if (!maybe) {
    entries.push(entry);
    return;
  }
  const at = entries.findLastIndex(({ key }) => key.value === entry.key.value);
  const value = eitherOf(at < 0 ? undefined : entries[at].value, entry.value);
  if (at < 0) entries.push({ key: entry.key, value });
  else entries[at] = { key: entry.key, value };
}
