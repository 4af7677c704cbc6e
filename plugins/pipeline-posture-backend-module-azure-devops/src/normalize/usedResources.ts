import {
  Fact,
  known,
  Tier,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../client/wire';
import { hasSecrets } from '../collect/protectedResources';
import { Assembled } from './assemble';
import { UsedResource } from './AzureFacts';
import { ownedQueue, queuesOf } from './pools';
import { Resources } from './Resources';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { linkedGroups, unreadGroups } from './secretStores';

const isProduction = (tier: Fact<Tier>) =>
  tier.known && tier.value === 'production';

/** Keeps for each resource the use that says most. */
class UsedResources {
  readonly #used = new Map<string, UsedResource>();

  add(resource: UsedResource): void {
    const key = `${resource.type}/${resource.name}`;
    const earlier = this.#used.get(key);
    if (
      !earlier ||
      (!isProduction(earlier.tier) && isProduction(resource.tier))
    ) {
      this.#used.set(key, resource);
    }
  }

  get all(): UsedResource[] {
    return [...this.#used.values()];
  }
}

const KINDS: UsedResource['type'][] = [
  'service connection',
  'environment',
  'variable group',
  'secure file',
  'agent queue',
];

/** Stands for a resource that the pipeline may use and that nobody could tell. */
const notKnown = (
  type: UsedResource['type'],
  reason: UnknownReason,
): UsedResource => ({
  type,
  name: 'that is not known',
  disabled: false,
  holdsSecrets: true,
  tier: unknown(reason),
  access: unknown(reason),
});

export function resourcesFact(
  assembled: Assembled,
  resources: Resources,
): Fact<UsedResource[]> {
  const { draft, stages, connections: ofResources } = assembled;
  if (!stages.known) return stages;
  const used = new UsedResources();
  const plain = { disabled: false, holdsSecrets: false };
  const [gap] = gapsOf({
    gaps: [],
    stages: stages.value.map(({ reading }) => reading),
  });
  if (gap) {
    for (const type of KINDS) used.add(notKnown(type, reasonOfGap(gap)));
  }
  const addConnection = (connection: ServiceConnection, tier: Fact<Tier>) =>
    used.add({
      type: 'service connection',
      name: connection.name,
      disabled: connection.isDisabled === true,
      holdsSecrets: true,
      tier,
      access: resources.access({ type: 'endpoint', id: connection.id }),
      url: resources.connectionUrl(connection),
    });
  for (const { connection } of ofResources) {
    if (connection.known)
      addConnection(connection.value, known('non-production'));
    else used.add(notKnown('service connection', connection.reason));
  }
  for (const assembledStage of stages.value) {
    const { stage, connections, environments, reading } = assembledStage;
    for (const reason of assembledStage.unknownConnections) {
      used.add(notKnown('service connection', reason));
    }
    for (const connection of connections) addConnection(connection, stage.tier);
    for (const name of draft.kind === 'azure-yaml' ? environments : []) {
      const environment = resources.environment(name);
      used.add({
        ...plain,
        type: 'environment',
        name,
        tier: stage.tier,
        access: environment.known
          ? resources.access({
              type: 'environment',
              id: String(environment.value.id),
            })
          : environment,
        ...(environment.known && {
          url: resources.environmentUrl(environment.value),
        }),
      });
    }
    for (const job of reading.jobs) {
      const { steps } = job;
      const wanted = queuesOf(job, draft);
      if (!wanted.known) used.add(notKnown('agent queue', wanted.reason));
      for (const each of wanted.known ? wanted.value : []) {
        const found = ownedQueue(resources, each);
        if (!found.known) used.add(notKnown('agent queue', found.reason));
        else if (!found.value.hosted) {
          const { id, name } = found.value.queue;
          used.add({
            ...plain,
            type: 'agent queue',
            name,
            tier: stage.tier,
            access: resources.access({ type: 'queue', id: String(id) }),
          });
        }
      }
      for (const name of steps.flatMap(step => step.secureFiles ?? [])) {
        const file = resources.secureFile(name);
        used.add({
          ...plain,
          type: 'secure file',
          name,
          holdsSecrets: true,
          tier: stage.tier,
          access: file.known
            ? resources.access({ type: 'securefile', id: file.value.id })
            : file,
        });
      }
    }
  }
  for (const reason of unreadGroups(draft, resources)) {
    used.add(notKnown('variable group', reason));
  }
  for (const group of linkedGroups(draft, resources)) {
    const secret = hasSecrets(group);
    used.add({
      ...plain,
      type: 'variable group',
      name: group.name,
      holdsSecrets: secret,
      tier: known('non-production'),
      access: secret
        ? resources.access({ type: 'variablegroup', id: String(group.id) })
        : known({ allPipelines: false, pipelines: [] }),
    });
  }
  for (const { title, access } of draft.repositoryAccess) {
    used.add({
      ...plain,
      type: 'repository',
      name: title,
      tier: known('non-production'),
      access,
    });
  }
  return known(used.all, stages.evidence);
}
