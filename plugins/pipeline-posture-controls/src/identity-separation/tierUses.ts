import {
  Identity,
  PipelineRef,
  Stage,
  stringifyPipelineRef,
  Tier,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { identitiesOf } from '../identities';

/**
 * One place where an identity is used to deploy.
 */
export interface TierUse {
  /** For people: `stage Staging`, `pipeline legacy-batch`. */
  where: string;
  tier: Tier | 'unknown';
  /** Why the tier is unknown. */
  reason?: UnknownReason;
}

/** Where the stages of this pipeline that deploy use an identity. Units whose identities are unknown count as not using it. */
export function usesInStages(
  identity: Identity,
  stages: readonly Stage[],
  identities: readonly Identity[],
): TierUse[] {
  return stages
    .filter(
      ({ deploys, units }) =>
        deploys &&
        units.some(unit => {
          const used = identitiesOf(unit, identities);
          return used.known && used.value.some(({ id }) => id === identity.id);
        }),
    )
    .map(({ name, tier }) => ({
      where: `stage ${name}`,
      tier: tier.known ? tier.value : 'unknown',
      reason: tier.known ? undefined : tier.reason,
    }));
}

/**
 * Where other pipelines use an identity; empty if that cannot be listed.
 *
 * A pipeline that may use it and does not is not a use; identity-serves-one-pipeline asks for those.
 */
export function usesElsewhere(identity: Identity, own: PipelineRef): TierUse[] {
  if (!identity.usedBy.known) return [];
  return identity.usedBy.value
    .filter(
      ({ pipeline }) =>
        stringifyPipelineRef(pipeline) !== stringifyPipelineRef(own),
    )
    .flatMap(({ name, tiers }) =>
      tiers.map(tier => ({
        where: `pipeline ${name}`,
        tier,
        reason:
          tier === 'unknown'
            ? {
                code: 'not-classified' as const,
                message: `Nothing decides whether the stage of pipeline ${name} that uses the ${identity.type} ${identity.name} is production.`,
                actor: 'platform-team' as const,
                action: `Name the target of pipeline ${name} in pipelinePosture.production.`,
              }
            : undefined,
      })),
    );
}
