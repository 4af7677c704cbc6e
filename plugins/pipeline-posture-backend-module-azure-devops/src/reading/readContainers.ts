import { childOf, itemsOf, MappingNode, textOf, YamlNode } from '../yaml/nodes';
import { CodeReader } from './CodeReader';
import { ConnectionUse, StepReading } from './types';

/** The containers among the resources of a pipeline. */
export const containerResources = (root: MappingNode): YamlNode[] =>
  itemsOf(childOf(childOf(root, 'resources'), 'containers'));

/**
 * A container as the mapping that stands for it: many jobs only name one of
 * the resources.
 *
 * @param resources - the containers among the resources of the pipeline
 */
function resolved(node: YamlNode, resources: YamlNode[]): YamlNode {
  const name = textOf(node)?.toLowerCase();
  const found = resources.find(
    each => textOf(childOf(each, 'container'))?.toLowerCase() === name,
  );
  return name === undefined || !found ? node : found;
}

/** The image of a container, or what names it if that is not known. */
export const imageOf = (
  container: YamlNode | undefined,
  resources: YamlNode[],
): YamlNode | undefined =>
  container && (childOf(resolved(container, resources), 'image') ?? container);

/** The containers that run beside a job. */
function servicesOf(job: MappingNode): YamlNode[] {
  const services = childOf(job, 'services');
  return services?.kind === 'mapping'
    ? services.entries.map(({ value }) => value)
    : [];
}

/** The step that Azure Pipelines puts before all others to pull containers, if that takes a connection. */
export function pullingStep(
  job: MappingNode,
  container: YamlNode | undefined,
  resources: YamlNode[],
  reader: CodeReader,
): StepReading[] {
  const containers = [...(container ? [container] : []), ...servicesOf(job)];
  const connections = containers.flatMap((each): ConnectionUse[] => {
    const found = resolved(each, resources);
    // A container of type ACR is pulled with a subscription.
    const endpoint =
      childOf(found, 'endpoint') ?? childOf(found, 'azureSubscription');
    return endpoint?.kind === 'scalar' && endpoint.value !== null
      ? [{ ...reader.use(endpoint), certain: true }]
      : [];
  });
  if (connections.length === 0) return [];
  const [{ location }] = connections;
  return [{ name: 'Initialize containers', kinds: [], connections, location }];
}
