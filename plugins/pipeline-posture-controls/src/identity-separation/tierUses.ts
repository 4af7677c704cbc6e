import {
  ExecutionUnit,
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
  /** False where only units that build or test can use it: they can misuse it, but it is not what deploys there. */
  deploys: boolean;
  /** Why the tier is unknown. */
  reason?: UnknownReason;
}

const onlyBuildsOrTests = ({ kinds }: ExecutionUnit) =>
  kinds.length > 0 && kinds.every(kind => kind === 'build' || kind === 'test');

/** Which stages of this pipeline that deploy can use an identity. Units whose identities are unknown count as not using it. */
export function usesInStages(
  identity: Identity,
  stages: readonly Stage[],
  identities: readonly Identity[],
): TierUse[] {
  return stages.flatMap(({ name, deploys, tier, units }) => {
    const users = units.filter(unit => {
      const usable = identitiesOf(unit, identities);
      return usable.known && usable.value.some(({ id }) => id === identity.id);
    });
    if (!deploys || users.length === 0) return [];
    return [
      {
        where: `stage ${name}`,
        tier: tier.known ? tier.value : ('unknown' as const),
        deploys: !users.every(onlyBuildsOrTests),
        reason: tier.known ? undefined : tier.reason,
      },
    ];
  });
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
        deploys: true,
        reason:
          tier === 'unknown'
            ? {
                code: 'not-classified' as const,
                message: `Nothing decides whether pipeline ${name} uses the ${identity.type} ${identity.name} for production: its stages are not known, or their target is not named.`,
                actor: 'platform-team' as const,
                action: `Check on its page that pipeline ${name} can be read, and name its target in pipelinePosture.production.`,
              }
            : undefined,
      })),
    );
}
