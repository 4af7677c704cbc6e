import { childOf, itemsOf, MappingNode, textOf, YamlNode } from '../yaml/nodes';
import { TriggerReading } from './types';

type Pushes = TriggerReading['ci'];

const texts = (node: YamlNode | undefined) =>
  itemsOf(node).flatMap(each => textOf(each) ?? []);

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
  const branches = childOf(node, 'branches');
  const listed =
    branches?.kind === 'sequence' ? branches : childOf(branches, 'include');
  return {
    declared: true,
    off,
    include: texts(listed),
    exclude: texts(childOf(branches, 'exclude')),
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
