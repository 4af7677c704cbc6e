import {
  BranchProtection,
  Fact,
  Principal,
  chainFact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ApprovalRule } from '../client/CodeCommitReader';
import { partitionOf } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { IamAccount } from '../iam/IamAccount';
import { globMatches } from '../iam/glob';
import { PoolQuestions, nameOfMember } from './approvalPool';
import { Person, describe, may, peopleOf } from './people';
import { notConnected } from './unreadHost';

/**
 * CodeCommit lets nobody approve a pull request that they created, and counts
 * approvals for one revision only, so that new commits take them back.
 */
export function codeCommitProtection(
  rules: readonly ApprovalRule[],
  branch: string,
  pool: PoolQuestions,
): BranchProtection {
  const matching = rules.filter(
    ({ branches }) =>
      branches.length === 0 ||
      branches.some(pattern => globMatches(pattern, branch)),
  );
  const asksSomebody = matching.some(
    ({ pool: members, approvalsNeeded }) =>
      approvalsNeeded > 0 && members.length > 0,
  );
  return {
    minimumReviewers: Math.max(
      0,
      ...matching.map(({ approvalsNeeded }) => approvalsNeeded),
    ),
    authorApprovalCounts: false,
    // Nothing in CodeCommit forbids it; only a pool of people who cannot push does.
    lastPusherApprovalCounts: !matching.some(
      ({ pool: members, approvalsNeeded }) =>
        approvalsNeeded > 0 &&
        members.length > 0 &&
        !members.some(pool.mayPush),
    ),
    approvalsResetOnPush: true,
    // CodeCommit knows no checks; a build takes part by approving as a member of the pool.
    requiredChecks: matching.flatMap(({ pool: members, approvalsNeeded }) =>
      approvalsNeeded > 0 ? members.filter(pool.isBuild).map(nameOfMember) : [],
    ),
    // Who must approve every change must also approve one to that file; and
    // where the file is kept elsewhere, no change to the repository touches it.
    ...(pool.unread && asksSomebody
      ? {
          unestablished: {
            lastPusherApprovalCounts: pool.unread,
            requiredChecks: pool.unread,
          },
        }
      : {}),
    pipelineFileHasRequiredReviewers:
      !pool.hasPipelineFile ||
      matching.some(
        ({ pool: members, approvalsNeeded }) =>
          approvalsNeeded > 0 && members.length > 0,
      ),
  };
}

/** Rights with which changes reach a branch without the review of a pull request. */
const BYPASSING = [
  'codecommit:GitPush',
  'codecommit:PutFile',
  'codecommit:CreateCommit',
  'codecommit:OverridePullRequestApprovalRules',
];

/** Who can change a branch of CodeCommit without a pull request. */
export function codeCommitBypassers(
  repository: string,
  branch: string,
  readings: ScopeReadings,
): Fact<Principal[]> {
  const account = readings.iam.get(readings.accountId);
  if (!account) return unknown(notConnected('IAM of the account'));
  return chainFact(account, iam => {
    const arn = `arn:${partitionOf(readings.region)}:codecommit:${
      readings.region
    }:${readings.accountId}:${repository}`;
    const people = peopleOf(iam);
    const found = people.known.filter(
      person =>
        !person.administrator &&
        BYPASSING.some(
          action =>
            may(person, action, arn, iam) &&
            !isHeldOff(person, action, arn, branch, iam),
        ),
    );
    return people.unread && found.length === 0
      ? unknown(people.unread)
      : known(found.map(describe), {
          source: 'iam:GetAccountAuthorizationDetails',
        });
  });
}

/** Whether a denial on codecommit:References keeps somebody from changing a branch directly. */
function isHeldOff(
  { rights }: Person,
  action: string,
  arn: string,
  branch: string,
  iam: IamAccount,
): boolean {
  const [id] = iam.index.expand(action);
  return rights.conditionalDenials.some(
    ({ actions, resources, conditions }) =>
      actions.has(id) &&
      resources.some(pattern => globMatches(pattern, arn)) &&
      conditions.some(
        ({ key, operator, values }) =>
          key === 'codecommit:references' &&
          /^string(equals|like)/.test(operator) &&
          values.some(value => globMatches(value, `refs/heads/${branch}`)),
      ) &&
      // Beside it only the usual test that the key is there.
      conditions.every(
        ({ key, operator }) =>
          key === 'codecommit:references' &&
          /^(string(equals|like)(ifexists)?|null)$/.test(operator),
      ),
  );
}
