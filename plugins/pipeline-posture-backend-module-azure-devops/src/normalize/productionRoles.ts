import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { ResourceKey } from '../collect/protectedResources';
import { Assembled } from './assemble';
import { ResourceRoles } from './AzureFacts';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { Resources } from './Resources';

/** Environments that a stage to production, or to nobody knows where, deploys through. */
export function productionEnvironments(
  { stages }: Assembled,
  resources: Resources,
): ResourceKey[] {
  if (!stages.known) return [];
  return stages.value
    .filter(
      ({ stage: { deploys, tier } }) =>
        deploys && (!tier.known || tier.value === 'production'),
    )
    .flatMap(({ environments }) =>
      environments.flatMap(name => {
        const found = resources.environment(name);
        return found.known
          ? [{ type: 'environment' as const, id: String(found.value.id) }]
          : [];
      }),
    );
}

export function rolesFact(
  assembled: Assembled,
  resources: Resources,
): Fact<ResourceRoles[]> {
  const { stages } = assembled;
  if (!stages.known) return stages;
  const roles = new Map<string, ResourceRoles>();
  for (const each of stages.value) {
    const { stage, connections, environments, reading } = each;
    if (
      !stage.deploys ||
      (stage.tier.known && stage.tier.value !== 'production')
    )
      continue;
    const gaps = gapsOf({ gaps: [], stages: [reading] }).map(reasonOfGap);
    for (const reason of [...each.unknownConnections, ...gaps]) {
      roles.set('unknown', {
        type: 'service connection',
        name: 'that is not known',
        holders: unknown(reason),
      });
    }
    for (const connection of connections) {
      roles.set(`endpoint/${connection.id}`, {
        type: 'service connection',
        name: connection.name,
        holders: resources.connectionRoles(connection),
        url: resources.connectionUrl(connection),
      });
    }
    for (const name of environments) {
      const found = resources.environment(name);
      roles.set(`environment/${name}`, {
        type: 'environment',
        name,
        holders: found.known
          ? resources.roles({ type: 'environment', id: String(found.value.id) })
          : found,
        ...(found.known && { url: resources.environmentUrl(found.value) }),
      });
    }
  }
  return known([...roles.values()]);
}
