import { childOf, itemsOf, MappingNode, YamlNode } from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { ResourceConnection } from './types';

/** How the kinds of resources name their connection: repositories and containers, packages and webhooks, registries of Azure. */
const KEYS = ['endpoint', 'connection', 'azureSubscription'];

const FETCHES_CODE = 'repositories';

function connectionsIn(
  item: YamlNode,
  forCode: boolean,
  reader: CodeReader,
): ResourceConnection[] {
  if (item.kind === 'hole') {
    const { location } = reader.gap(item);
    return [
      {
        name: 'of a resource that could not be resolved',
        undecided: true,
        uses: [],
        certain: true,
        forCode,
        ...(location && { location }),
      },
    ];
  }
  return KEYS.flatMap(key => {
    const node = childOf(item, key);
    return node?.kind === 'scalar' && node.value !== null
      ? [{ ...reader.use(node), certain: true, forCode }]
      : [];
  });
}

/** Connections that `resources:` takes: for repositories, packages, containers, builds and webhooks. */
export function resourceConnections(
  root: MappingNode,
  reader: CodeReader,
): ResourceConnection[] {
  const resources = childOf(root, 'resources');
  if (resources?.kind !== 'mapping') return [];
  return resources.entries.flatMap(({ key, value }) =>
    itemsOf(value).flatMap(item =>
      connectionsIn(item, key.value === FETCHES_CODE, reader),
    ),
  );
}
