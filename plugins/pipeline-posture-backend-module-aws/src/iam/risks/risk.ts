import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from '../ActionIndex';
import { ActionSet } from '../ActionSet';
import { EffectiveGrant } from '../effectiveGrants';

/** How many actions a finding shows. */
const SHOWN = 10;

/** Where a grant stands, for people: `statement 2 ("Deploy") of inline policy run`. */
export function originOf({ policy, statement }: EffectiveGrant): string {
  const sid = statement.sid ? ` ("${statement.sid}")` : '';
  return `statement ${statement.position}${sid} of ${policy}`;
}

/** Under which conditions a grant holds, for people; empty without any. */
export function conditionText({ restrictions }: EffectiveGrant): string {
  if (restrictions.length === 0) return '';
  const keys = [...new Set(restrictions.map(({ key }) => key))];
  return `, limited by ${keys.join(' and ')}`;
}

/** Builds a finding about one statement. */
export function riskOf(
  grant: EffectiveGrant,
  risk: NonNullable<Grant['risk']>,
  options: { title: string; actions: ActionSet; index: ActionIndex },
): Grant {
  return {
    breadth: grant.restrictions.length === 0 ? 'wide' : 'narrow',
    title: `${options.title}${conditionText(grant)}`,
    origin: originOf(grant),
    actions: options.index.names(options.actions, SHOWN),
    risk,
  };
}

/** The actions of a set that a grant allows on every resource they work on. */
export function onEveryResource(
  grant: EffectiveGrant,
  among: ActionSet,
  index: ActionIndex,
): ActionSet {
  if (!grant.actions.intersects(among)) return index.none;
  if (grant.resources.includes('*')) return grant.actions.intersect(among);
  const wide = grant.resources.filter(resource => resource.includes('*'));
  if (wide.length === 0) return index.none;
  const everyResource = wide
    .map(resource => index.onEveryResource(resource))
    .filter(set => set !== index.none);
  return everyResource.length === 0
    ? index.none
    : everyResource
        .reduce((set, other) => set.union(other))
        .intersect(grant.actions)
        .intersect(among);
}
