import { IdentityRank } from 'backstage-plugin-pipeline-posture-common';
import { FleetView } from '../fleet/FleetView';
import { UsedIdentity } from './IdentityUses';

const MOST_OWNERS = 10;

/** How much harm a right does, against the narrowest that does any. What is not known may be wide. */
const HARM: Record<IdentityRank['breadth'], number> = {
  administrator: 8,
  wide: 4,
  unknown: 4,
  narrow: 2,
  none: 1,
};

/** What an identity endangers, over the pipelines that the viewer may see. */
export function rankOf(
  view: FleetView,
  { identity, uses }: UsedIdentity,
  allPipelines: number,
): IdentityRank {
  const entities = new Set(uses.flatMap(use => view.entitiesOf(use.pipeline)));
  const owners = new Set([...entities].flatMap(entity => entity.owner ?? []));
  const known = new Set(uses.flatMap(use => use.changers ?? []));
  const { long_lived, changed_at } = identity;
  return {
    id: identity.identity_id,
    name: identity.name,
    type: identity.type,
    credential: identity.credential,
    ...(long_lived !== null && { longLived: Boolean(long_lived) }),
    ...(changed_at !== null && { credentialChangedAt: changed_at }),
    pipelines: uses.length,
    pipelineShare: Math.floor((100 * uses.length) / Math.max(1, allPipelines)),
    entities: entities.size,
    owners: [...owners].sort().slice(0, MOST_OWNERS),
    ownerCount: owners.size,
    productionPipelines: uses.filter(use => use.production).length,
    productionTargets: [...new Set(uses.flatMap(use => use.targets))].sort(),
    breadth: identity.breadth,
    changers: {
      known: known.size,
      complete: uses.every(use => use.changers !== undefined),
    },
  };
}

/** The order of the list: what reaches production most often, weighed by what it may do there. */
export const dangerOf = (rank: IdentityRank) =>
  HARM[rank.breadth] * (10 * rank.productionPipelines + rank.pipelines);
