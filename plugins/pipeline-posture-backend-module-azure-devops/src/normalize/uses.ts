import {
  IdentityUse,
  stringifyPipelineRef,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { principalId } from './connections';
import { Assembled } from './assemble';

/** Where each principal is used in the project, by principal. */
export function usesByPrincipal(
  pipelines: Assembled[],
  organisation: string,
): Map<string, IdentityUse[]> {
  const uses = new Map<string, IdentityUse[]>();
  for (const { draft, stages, connections: ofResources } of pipelines) {
    if (!stages.known) continue;
    const tiers = new Map<string, Set<Tier | 'unknown'>>();
    for (const { connection } of ofResources)
      if (connection.known)
        tiers.set(principalId(connection.value, organisation), new Set());
    for (const { stage, connections } of stages.value) {
      for (const connection of connections) {
        const id = principalId(connection, organisation);
        const found = tiers.get(id) ?? new Set();
        if (stage.deploys)
          found.add(stage.tier.known ? stage.tier.value : 'unknown');
        tiers.set(id, found);
      }
    }
    for (const [id, found] of tiers) {
      uses.set(id, [
        ...(uses.get(id) ?? []),
        { pipeline: draft.ref, name: draft.name, tiers: [...found] },
      ]);
    }
  }
  return uses;
}

/** Joins uses of the same pipeline. */
export function mergeUses(uses: IdentityUse[]): IdentityUse[] {
  const merged = new Map<string, IdentityUse>();
  for (const use of uses) {
    const key = stringifyPipelineRef(use.pipeline);
    const earlier = merged.get(key);
    merged.set(
      key,
      earlier
        ? { ...earlier, tiers: [...new Set([...earlier.tiers, ...use.tiers])] }
        : use,
    );
  }
  return [...merged.values()];
}
