import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { ActionIndex } from '../ActionIndex';
import { EffectiveRights } from '../effectiveGrants';
import { onEveryResource, riskOf } from './risk';

const READING = [
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'kms:Decrypt',
];

/** Rights to read every secret, parameter or encrypted value of the account. */
export function readsEverySecret(
  rights: EffectiveRights,
  index: ActionIndex,
): Grant[] {
  const reading = index.set(READING);
  return rights.grants.flatMap(grant => {
    const actions = onEveryResource(grant, reading, index);
    if (actions.isEmpty) return [];
    return [
      riskOf(grant, 'read-every-secret', {
        title: `${index.names(actions, 6).join(', ')} on every resource`,
        actions,
        index,
      }),
    ];
  });
}
