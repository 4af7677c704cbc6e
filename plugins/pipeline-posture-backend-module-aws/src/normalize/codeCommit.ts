import {
  BranchProtection,
  Fact,
  Principal,
  UnknownReason,
  chainFact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ApprovalRule } from '../client/CodeCommitReader';
import { partitionOf } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { ActionSet } from '../iam/ActionSet';
import { IamAccount } from '../iam/IamAccount';
import { globMatches } from '../iam/glob';
import { Condition } from '../iam/policyDocument';
import { administrator } from '../iam/risks/administrator';
import { trustsService } from '../iam/trust';
import { PoolQuestions, nameOfMember } from './approvalPool';
import { People, Person, describe, may, peopleOf } from './people';
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

/** Roles that builds have and nobody else, with their rights. */
function buildsOf(account: IamAccount): People {
  const roles = account.principals.filter(principal => {
    const trust = account.trust(principal);
    return (
      principal.kind === 'role' &&
      trust.known &&
      trustsService(trust.value, 'codebuild.amazonaws.com')
    );
  });
  const read: Person[] = [];
  let unread: UnknownReason | undefined;
  for (const principal of roles) {
    const rights = account.rights(principal);
    if (!rights.known) {
      unread ??= rights.reason;
      continue;
    }
    read.push({
      principal,
      rights: rights.value,
      administrator:
        administrator(rights.value, principal.name, account.index) !==
        undefined,
    });
  }
  return { known: read, unread };
}

/** Who can change a branch of CodeCommit without a pull request: people, and builds. */
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
    // Administrators can do everything; who is one is the matter of other controls.
    const canBypass = (person: Person) =>
      !person.administrator &&
      BYPASSING.some(action => {
        const concerns = ruleTest(action, arn, iam);
        return (
          may(person, action, arn, iam) &&
          concernsBranch(person, concerns, branch) &&
          !isHeldOff(person, concerns, branch)
        );
      });
    const people = peopleOf(iam);
    const builds = buildsOf(iam);
    const unread = people.unread ?? builds.unread;
    const found: Principal[] = [
      ...people.known.filter(canBypass).map(describe),
      ...builds.known.filter(canBypass).map(({ principal }) => ({
        name: `role ${principal.name}, which builds run with`,
        kind: 'service' as const,
        broad: false,
      })),
    ];
    return unread && found.length === 0
      ? unknown(unread)
      : known(found, { source: 'iam:GetAccountAuthorizationDetails' });
  });
}

/** A right, or a denial, of some actions on some resources. */
interface Rule {
  actions: ActionSet;
  resources: readonly string[];
}

/** Tells which rules concern an action on a repository. */
function ruleTest(action: string, arn: string, iam: IamAccount) {
  const [id] = iam.index.expand(action);
  return ({ actions, resources }: Rule) =>
    actions.has(id) && resources.some(pattern => globMatches(pattern, arn));
}

const REFERENCES = 'codecommit:references';

const names = ({ values }: Condition, branch: string) =>
  values.some(value => globMatches(value, `refs/heads/${branch}`));

/** Whether what allows an action is not held to other branches by a condition. */
function concernsBranch(
  { rights }: Person,
  concerns: (rule: Rule) => boolean,
  branch: string,
): boolean {
  return rights.grants.some(
    grant =>
      concerns(grant) &&
      grant.statement.conditions.every(
        condition =>
          condition.key !== REFERENCES ||
          !/^string(equals|like)$/.test(condition.operator) ||
          names(condition, branch),
      ),
  );
}

/** Whether a denial on codecommit:References keeps somebody from changing a branch directly. */
function isHeldOff(
  { rights }: Person,
  concerns: (rule: Rule) => boolean,
  branch: string,
): boolean {
  return rights.conditionalDenials.some(
    denial =>
      concerns(denial) &&
      denial.conditions.some(
        condition =>
          condition.key === REFERENCES &&
          /^string(equals|like)/.test(condition.operator) &&
          names(condition, branch),
      ) &&
      // Beside it only the usual test that the key is there.
      denial.conditions.every(
        ({ key, operator }) =>
          key === REFERENCES &&
          /^(string(equals|like)(ifexists)?|null)$/.test(operator),
      ),
  );
}
