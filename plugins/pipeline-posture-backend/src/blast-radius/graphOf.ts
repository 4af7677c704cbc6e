import {
  BlastRadiusEdge,
  BlastRadiusNode,
  Identity,
  PipelineSnapshot,
  PipelineTier,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { changerNode, pipelineNode, targetNode } from './cutsOf';

/** Tiers, the worst first. */
const TIERS: readonly PipelineTier[] = [
  'production',
  'unknown',
  'non-production',
];

/** Pipelines name the tier of one target differently: one that calls it production is enough. */
const worstOf = (a: PipelineTier | undefined, b: PipelineTier): PipelineTier =>
  a !== undefined && TIERS.indexOf(a) < TIERS.indexOf(b) ? a : b;

const grantsOf = (identity: Identity | undefined) =>
  identity?.grants.known ? identity.grants.value.map(g => g.title) : [];

/** Nodes and edges of one identity, from the snapshots of pipelines that act as it. */
export function graphOf(
  identity: { id: string; name: string },
  snapshots: readonly PipelineSnapshot[],
): { nodes: BlastRadiusNode[]; edges: BlastRadiusEdge[] } {
  const nodes = new Map<string, BlastRadiusNode>();
  const edges = new Map<string, BlastRadiusEdge>();
  const self = `identity:${identity.id}`;
  nodes.set(self, { id: self, kind: 'identity', label: identity.name });
  const link = (edge: BlastRadiusEdge) => {
    const key = `${edge.from} ${edge.to}`;
    const words = [...(edges.get(key)?.words ?? []), ...edge.words];
    edges.set(key, { ...edge, words: [...new Set(words)] });
  };
  for (const snapshot of snapshots) {
    const pipelineId = stringifyPipelineRef(snapshot.ref);
    const id = pipelineNode(pipelineId);
    nodes.set(id, { id, kind: 'pipeline', label: snapshot.name, pipelineId });
    const own = snapshot.identities.known
      ? snapshot.identities.value.find(one => one.id === identity.id)
      : undefined;
    link({ from: id, to: self, role: 'acts-as', words: own?.purposes ?? [] });
    for (const { principal, rights } of snapshot.editors.known
      ? snapshot.editors.value
      : []) {
      const changer = changerNode(`${principal.kind}:${principal.name}`);
      nodes.set(changer, {
        id: changer,
        kind: 'changer',
        label: principal.name,
        principal: principal.kind,
        broad: principal.broad,
      });
      link({ from: changer, to: id, role: 'can-change', words: rights });
    }
    for (const { name, tier } of targetsOf(snapshot, identity.id)) {
      const target = targetNode(name);
      nodes.set(target, {
        id: target,
        kind: 'target',
        label: name,
        tier: worstOf(nodes.get(target)?.tier, tier),
      });
      link({ from: self, to: target, role: 'reaches', words: grantsOf(own) });
    }
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** What the stages that use an identity deploy to. */
function targetsOf(snapshot: PipelineSnapshot, identityId: string) {
  if (!snapshot.stages.known) return [];
  return snapshot.stages.value
    .filter(
      ({ deploys, units }) =>
        deploys &&
        units.some(
          ({ identityIds }) =>
            identityIds.known && identityIds.value.includes(identityId),
        ),
    )
    .flatMap(stage => {
      const tier = stage.tier.known ? stage.tier.value : ('unknown' as const);
      return stage.targets.known && stage.targets.value.length > 0
        ? stage.targets.value.map(target => ({ name: target.name, tier }))
        : [{ name: stage.environment ?? `stage ${stage.name}`, tier }];
    });
}
