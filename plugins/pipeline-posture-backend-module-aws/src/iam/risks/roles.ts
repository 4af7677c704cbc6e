import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from '../ActionIndex';
import { EffectiveRights } from '../effectiveGrants';
import { onEveryResource, riskOf } from './risk';

function onEveryRole(
  rights: EffectiveRights,
  action: string,
  risk: NonNullable<Grant['risk']>,
  title: string,
  index: ActionIndex,
): Grant[] {
  const wanted = index.set([action]);
  return rights.grants.flatMap(grant => {
    const actions = onEveryResource(grant, wanted, index);
    return actions.isEmpty
      ? []
      : [riskOf(grant, risk, { title, actions, index })];
  });
}

/** Rights to pass every role of the account to a service. */
export const passesAnyRole = (rights: EffectiveRights, index: ActionIndex) =>
  onEveryRole(
    rights,
    'iam:PassRole',
    'pass-any-role',
    'iam:PassRole on every role',
    index,
  );

/** Rights to assume every role that trusts the account. */
export const assumesAnyRole = (rights: EffectiveRights, index: ActionIndex) =>
  onEveryRole(
    rights,
    'sts:AssumeRole',
    'assume-any-role',
    'sts:AssumeRole on every role',
    index,
  );
