import {
  allFacts,
  Fact,
  mapFact,
  StageTarget,
  Tier,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ProductionClassifier } from 'backstage-plugin-pipeline-posture-node';
import { ServiceConnection } from '../client/wire';
import { NamedUse, StageReading } from '../reading/types';
import { ConnectionFact, namesOf, reasonOfGap } from './names';

/** The name of the target decides before the name of the stage, and both before what the connection is called. */
export function tierOf(
  stage: StageReading,
  environments: string[],
  connections: ServiceConnection[],
  classifier: ProductionClassifier,
): Fact<Tier> {
  const subject = `stage ${stage.name}`;
  const own =
    stage.id === '__default' ? [] : [...new Set([stage.id, stage.name])];
  const targets = [
    ...new Set(
      connections.flatMap(({ name, data }) => [
        name,
        data?.subscriptionName ?? '',
        data?.subscriptionId ?? '',
      ]),
    ),
  ].filter(Boolean);
  const all = classifier.classify({
    names: [...environments, ...own, ...targets],
    subject,
  });
  if (all.known && all.evidence[0]?.source.startsWith('configuration'))
    return all;
  for (const names of [environments, own, targets]) {
    if (names.length === 0) continue;
    const tier = classifier.classify({ names, subject });
    if (tier.known) return tier;
  }
  return all;
}

/** Subscriptions that the connections of a stage lead to. */
export function targetsOf(
  stage: StageReading,
  connections: ConnectionFact[],
  classifier: ProductionClassifier,
): Fact<StageTarget[]> {
  const gap = stage.gaps[0] ?? stage.jobs.flatMap(job => job.gaps)[0];
  if (gap) return unknown(reasonOfGap(gap));
  return mapFact(allFacts(connections), all => {
    const targets = new Map<string, StageTarget>();
    for (const { data, authorization } of all) {
      const id = data?.subscriptionId?.toLowerCase();
      if (!id) continue;
      const name = data?.subscriptionName ?? id;
      const scope = authorization?.parameters?.scope;
      const group = scope && /\/resourcegroups\/([^/]+)/i.exec(scope)?.[1];
      targets.set(`${id}/${group ?? ''}`, {
        id: `azure-subscription:${id}`,
        name: `subscription ${name}`,
        tier: classifier.classify({
          names: [name, id],
          subject: `subscription ${name}`,
        }),
        ...(group && { within: `resource group ${group}` }),
      });
    }
    return [...targets.values()];
  });
}

export function environmentsOf(stage: StageReading): {
  names: string[];
  unresolved: NamedUse[];
} {
  const uses = stage.jobs.flatMap(job => job.environment ?? []);
  const names = new Set<string>();
  const unresolved: NamedUse[] = [];
  for (const use of uses) {
    const found = namesOf(use);
    if (found) found.forEach(name => names.add(name));
    else unresolved.push(use);
  }
  return { names: [...names], unresolved };
}
