import { HoleNode, MappingNode, YamlNode } from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { Gap } from './types';

/** Lists that are read item by item, with gaps of their own. */
const LISTS = new Set(['stages', 'jobs', 'steps']);

/** What could not be resolved within an item, outside of the lists that it holds. */
function holesIn(node: YamlNode): HoleNode[] {
  switch (node.kind) {
    case 'hole':
      return [node];
    case 'sequence':
      return node.items.flatMap(holesIn);
    case 'mapping':
      return node.entries
        .filter(({ key }) => !LISTS.has(String(key.value)))
        .flatMap(({ value }) => holesIn(value));
    default:
      return [];
  }
}

/** Gaps among the items of a list and within them, and the items that are none. */
export function withoutGaps(
  items: YamlNode[],
  reader: CodeReader,
): { items: MappingNode[]; gaps: Gap[] } {
  const gaps: Gap[] = [];
  const rest = items.flatMap((item): MappingNode[] => {
    gaps.push(...holesIn(item).map(each => reader.gap(each)));
    if (item.kind === 'mapping') return [item];
    // Where a stage, job or step should stand, a text can be any of them.
    if (item.kind === 'scalar' && item.value !== null) {
      const because = `what "${String(
        item.value,
      )}" stands for is only known when the pipeline runs`;
      const { file, line } = item;
      gaps.push(
        reader.gap({ kind: 'hole', file, line, because, code: 'unresolved' }),
      );
    }
    return [];
  });
  return { items: rest, gaps };
}
