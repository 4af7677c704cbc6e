import { childOf, itemsOf, MappingNode, textOf, YamlNode } from '../yaml/nodes';
import { TriggerReading } from './types';

type Pushes = TriggerReading['ci'];

const texts = (node: YamlNode | undefined) =>
  itemsOf(node).flatMap(each => textOf(each) ?? []);

/** A list of names, or what is taken and what is left out. */
const filterIn = (node: YamlNode | undefined) => ({
  given: node !== undefined,
  include: texts(node?.kind === 'sequence' ? node : childOf(node, 'include')),
  exclude: texts(childOf(node, 'exclude')),
});

/** As tags are written among branches. */
const tagged = (name: string) =>
  name.startsWith('refs/') ? name : `refs/tags/${name}`;

/** All the forms of `trigger:` and `pr:`: `none`, a list of branches, a map. */
function readPushes(node: YamlNode | undefined): Pushes {
  if (node === undefined)
    return { declared: false, off: false, include: [], exclude: [] };
  if (node.kind === 'scalar') {
    const off = textOf(node)?.toLowerCase() === 'none';
    return {
      declared: true,
      off,
      include: off ? [] : texts(node),
      exclude: [],
    };
  }
  if (node.kind === 'sequence')
    return { declared: true, off: false, include: texts(node), exclude: [] };
  const off = textOf(childOf(node, 'enabled'))?.toLowerCase() === 'false';
  const branches = filterIn(childOf(node, 'branches'));
  const tags = filterIn(childOf(node, 'tags'));
  // Tags that are only left out leave all others in.
  const some = tags.include.length > 0 ? tags.include : ['*'];
  return {
    declared: true,
    off,
    include: [...branches.include, ...(tags.given ? some.map(tagged) : [])],
    exclude: [...branches.exclude, ...tags.exclude.map(tagged)],
  };
}

/** Reads what starts a pipeline. */
export function readTriggers(root: MappingNode): TriggerReading {
  const upstream = itemsOf(
    childOf(childOf(root, 'resources'), 'pipelines'),
  ).filter(each => childOf(each, 'trigger') !== undefined);
  return {
    ci: readPushes(childOf(root, 'trigger')),
    pr: readPushes(childOf(root, 'pr')),
    schedules: itemsOf(childOf(root, 'schedules')).length,
    upstream: upstream.length,
  };
}
