import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from '../ActionIndex';
import { EffectiveGrant, EffectiveRights } from '../effectiveGrants';
import { onEveryResource, originOf, riskOf } from './risk';

const SERVICES_SHOWN = 10;

/** Services that a statement allows wholly, on every resource. */
export function wholeServices(
  rights: EffectiveRights,
  index: ActionIndex,
): Grant[] {
  return rights.grants.flatMap(grant => {
    const { actions: patterns, notAction } = grant.statement;
    // Only a wildcard can name a whole service.
    const candidates = (notAction ? ['*'] : patterns)
      .filter(pattern => pattern.includes('*'))
      .flatMap(pattern => index.services(pattern));
    if (candidates.length === 0) return [];
    const unlimited = onEveryResource(grant, index.withResources, index);
    if (unlimited.isEmpty) return [];
    const whole = [
      ...new Set(
        candidates
          .filter(({ actions }) => unlimited.containsAll(actions))
          .map(({ service }) => service),
      ),
    ];
    if (whole.length === 0) return [];
    const more = whole.length - SERVICES_SHOWN;
    const named = whole.slice(0, SERVICES_SHOWN).join(', ');
    return [
      {
        breadth:
          grant.restrictions.length === 0
            ? ('wide' as const)
            : ('narrow' as const),
        title: `every action of ${named}${
          more > 0 ? ` and ${more} more services` : ''
        } on every resource`,
        origin: originOf(grant),
        actions: whole.slice(0, SERVICES_SHOWN).map(service => `${service}:*`),
        risk: 'whole-service' as const,
      },
    ];
  });
}

/** Actions that write or manage permissions, allowed on every resource although they know resources. */
export function unconstrainedWrites(
  rights: EffectiveRights,
  index: ActionIndex,
): Grant[] {
  const writing = index.changingResources;
  return rights.grants.flatMap(grant => {
    const actions = onEveryResource(grant, writing, index);
    if (actions.isEmpty) return [];
    const count = actions.size;
    return [
      riskOf(grant, 'unconstrained-write', {
        title: `${count} writing ${
          count === 1 ? 'action' : 'actions'
        } on every resource`,
        actions,
        index,
      }),
    ];
  });
}

const SENSITIVE = ['iam:*', 'sts:AssumeRole', 'kms:*'];

function leavesSensitive(grant: EffectiveGrant, index: ActionIndex): boolean {
  return grant.actions.intersects(index.set(SENSITIVE));
}

/** Statements that allow all but what they name. */
export function allowedByOmission(
  rights: EffectiveRights,
  index: ActionIndex,
): Grant[] {
  return rights.grants
    .filter(({ statement }) => statement.notAction || statement.notResource)
    .map(grant =>
      riskOf(grant, 'not-action', {
        title: grant.statement.notAction
          ? `Allow with NotAction, which ${
              leavesSensitive(grant, index)
                ? 'leaves rights on identities or keys'
                : 'grows with every new service'
            }`
          : 'Allow with NotResource, which holds for every resource that it does not name',
        actions: grant.actions,
        index,
      }),
    );
}
