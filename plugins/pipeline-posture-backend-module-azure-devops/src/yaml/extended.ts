import {
  childOf,
  itemsOf,
  MappingNode,
  ScalarNode,
  SequenceNode,
  YamlNode,
} from './nodes';

/** A mapping with one more entry, which stands where its value does. */
export function withEntry(
  node: MappingNode,
  name: string,
  value: YamlNode,
): MappingNode {
  const { file, line } = value;
  const key: ScalarNode = { kind: 'scalar', value: name, file, line };
  return { ...node, entries: [...node.entries, { key, value }] };
}

/** Resources of both, kind by kind. */
function withResources(mine: MappingNode, theirs: MappingNode): MappingNode {
  const kinds = new Map<string, { key: ScalarNode; items: YamlNode[] }>();
  for (const { key, value } of [...mine.entries, ...theirs.entries]) {
    const name = String(key.value);
    const items = [...(kinds.get(name)?.items ?? []), ...itemsOf(value)];
    kinds.set(name, { key, items });
  }
  return {
    ...mine,
    entries: [...kinds.values()].map(({ key, items }) => {
      const { file, line } = key;
      return { key, value: { kind: 'sequence', items, file, line } };
    }),
  };
}

/** A file with what it extends: of both they have the variables and the resources, else the template decides. */
export function extended(own: MappingNode, template: MappingNode): MappingNode {
  const [before, added] = [own, template].map(each =>
    childOf(each, 'resources'),
  );
  const joined = joinedFile(own, template);
  return before?.kind === 'mapping' && added?.kind === 'mapping'
    ? withEntry(joined, 'resources', withResources(before, added))
    : joined;
}

function joinedFile(own: MappingNode, template: MappingNode): MappingNode {
  const replaced = new Set(template.entries.map(({ key }) => key.value));
  const joined: MappingNode = {
    ...own,
    entries: [
      ...own.entries.filter(({ key }) => !replaced.has(key.value)),
      ...template.entries,
    ],
  };
  const [mine, theirs] = [own, template].map(each =>
    childOf(each, 'variables'),
  );
  if (!mine || !theirs) return joined;
  return withEntry(
    {
      ...joined,
      entries: joined.entries.filter(({ key }) => key.value !== 'variables'),
    },
    'variables',
    {
      ...mine,
      kind: 'sequence',
      items: [...itemsOf(mine), ...itemsOf(theirs)],
    } as SequenceNode,
  );
}

/** The declaration of parameters is no part of what a template adds. */
export function withoutParameters(file: MappingNode): MappingNode {
  return {
    ...file,
    entries: file.entries.filter(({ key }) => key.value !== 'parameters'),
  };
}
