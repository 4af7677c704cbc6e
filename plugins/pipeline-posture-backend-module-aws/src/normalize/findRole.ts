import {
  Fact,
  UnknownReason,
  chainFact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeReadings } from '../collect/readings';
import { IamAccount, RawPrincipal } from '../iam/IamAccount';
import { accountOf, nameOf } from './arns';

/** Why nothing is known of a role in an account that is not read. */
export function notConnected(arn: string, accountId: string): UnknownReason {
  return {
    code: 'not-connected',
    message: `The role ${nameOf(
      arn,
    )} is in account ${accountId}, which is not read.`,
    actor: 'platform-team',
    action: `Add account ${accountId} to pipelinePosture.aws[].accounts, with the reader's role in it.`,
  };
}

/** Why nothing is known of a role that its account does not have. */
export function roleIsGone(arn: string): UnknownReason {
  return {
    code: 'not-found',
    message: `The role ${nameOf(arn)} does not exist in account ${accountOf(
      arn,
    )}.`,
    call: 'iam:GetAccountAuthorizationDetails',
    actor: 'service-owner',
    action: `Correct the role of the pipeline, or create ${nameOf(arn)} again.`,
  };
}

/** The account that a role is in, and the role there. */
export function findRole(
  arn: string,
  readings: ScopeReadings,
): Fact<{ account: IamAccount; role: RawPrincipal }> {
  const accountId = accountOf(arn) ?? '';
  const account = readings.iam.get(accountId);
  if (!account) return unknown(notConnected(arn, accountId));
  return chainFact(account, iam => {
    const role = iam.find(arn);
    return role
      ? known({ account: iam, role })
      : unknown<{ account: IamAccount; role: RawPrincipal }>(roleIsGone(arn));
  });
}
