import {
  Fact,
  known,
  PipelineSnapshot,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { ProductionClassifier } from 'backstage-plugin-pipeline-posture-node';
import { hasSecrets } from '../collect/protectedResources';
import { Assembled, assemble, groupsOf, usesByPrincipal } from './assemble';
import { AzureFacts, UsedResource } from './AzureFacts';
import { identitiesFact, IdentityContext } from './identities';
import {
  alertsFact,
  auditFact,
  editorsFact,
  injectionsFact,
  inputsFact,
  leaksFact,
  PoolSharing,
  runnersFact,
  securityTestsFact,
} from './observations';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

/** What snapshots of a project are made with. */
export interface SnapshotContext {
  resources: Resources;
  classifier: ProductionClassifier;
  sharing: PoolSharing;
  now: Date;
  /** False if not every pipeline of the project could be listed. */
  complete: boolean;
}

/** Resources with pipeline permissions that the pipeline uses, each with the most telling tier. */
function resourcesFact(
  assembled: Assembled,
  resources: Resources,
): Fact<UsedResource[]> {
  const { draft, stages } = assembled;
  if (!stages.known) return stages;
  const used = new Map<string, UsedResource>();
  const add = (resource: UsedResource) => {
    const key = `${resource.type}/${resource.name}`;
    const earlier = used.get(key);
    const production = (tier: Fact<Tier>) =>
      tier.known && tier.value === 'production';
    if (!earlier || (!production(earlier.tier) && production(resource.tier)))
      used.set(key, resource);
  };
  for (const { stage, connections, environments, reading } of stages.value) {
    for (const connection of connections) {
      add({
        type: 'service connection',
        name: connection.name,
        disabled: connection.isDisabled === true,
        holdsSecrets: true,
        tier: stage.tier,
        access: resources.access({ type: 'endpoint', id: connection.id }),
        url: resources.connectionUrl(connection),
      });
    }
    for (const name of environments) {
      const environment = resources.environment(name);
      add({
        type: 'environment',
        name,
        disabled: false,
        holdsSecrets: false,
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
    for (const { pool } of reading.jobs) {
      const wanted =
        pool.name?.name ??
        (pool.queueId === undefined ? undefined : String(pool.queueId));
      const queue = wanted === undefined ? undefined : resources.queue(wanted);
      if (!queue?.known || queue.value.pool?.isHosted !== false) continue;
      add({
        type: 'agent queue',
        name: queue.value.name,
        disabled: false,
        holdsSecrets: false,
        tier: stage.tier,
        access: resources.access({ type: 'queue', id: String(queue.value.id) }),
      });
    }
  }
  for (const use of draft.code.known ? groupsOf(draft.code.value) : []) {
    const group = resources.variableGroup(use.name);
    if (!group.known) continue;
    const secret = hasSecrets(group.value);
    add({
      type: 'variable group',
      name: group.value.name,
      disabled: false,
      holdsSecrets: secret,
      tier: known('non-production'),
      access: secret
        ? resources.access({
            type: 'variablegroup',
            id: String(group.value.id),
          })
        : known({ allPipelines: false, pipelines: [] }),
    });
  }
  return known([...used.values()], stages.evidence);
}

function snapshotOf(
  assembled: Assembled,
  context: SnapshotContext,
  identities: IdentityContext,
): PipelineSnapshot {
  const { draft, stages } = assembled;
  const { resources, sharing, now } = context;
  const editors = editorsFact(draft, resources);
  const provider: AzureFacts = {
    kind: known(draft.kind),
    resources: resourcesFact(assembled, resources),
  };
  return {
    ref: draft.ref,
    name: draft.name,
    url: draft.url,
    kind: draft.kind,
    collectedAt: now.toISOString(),
    locators: draft.locators,
    enabled: draft.enabled,
    sources: draft.sources,
    stages: stages.known
      ? known(
          stages.value.map(({ stage }) => stage),
          stages.evidence,
        )
      : stages,
    identities: identitiesFact(assembled, identities),
    leaks: leaksFact(draft, resources),
    securityTests: securityTestsFact(assembled, editors),
    triggers: draft.triggers,
    inputs: inputsFact(draft),
    injections: injectionsFact(draft),
    editors,
    runners: runnersFact(assembled, resources, sharing),
    // Azure Pipelines lets nobody replace an artifact once it is published.
    artifacts: known([]),
    alerts: alertsFact(draft, resources),
    audit: auditFact(draft, resources, now),
    provider,
  };
}

/** Makes the snapshots of a project. All pipelines come together, since one's identities depend on the others' uses. */
export function* snapshotsOf(
  drafts: PipelineDraft[],
  context: SnapshotContext,
): Generator<PipelineSnapshot> {
  const { resources, classifier, complete } = context;
  const assembled = drafts.map(draft => assemble(draft, resources, classifier));
  const identities: IdentityContext = {
    resources,
    uses: usesByPrincipal(assembled, resources.state.organisation),
    definitions: new Map(
      drafts.flatMap(each =>
        each.definitionId === undefined
          ? []
          : [[each.definitionId, each] as const],
      ),
    ),
    complete,
  };
  for (const each of assembled) yield snapshotOf(each, context, identities);
}
