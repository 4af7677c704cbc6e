import {
  BranchProtection,
  chainFact,
  Fact,
  known,
  PipelineSource,
  Principal,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls, partitionOf } from '../client/consoleUrls';
import { ApprovalRule } from '../client/CodeCommitReader';
import { ActionDefinition } from '../collect/definition';
import { branchKey } from '../collect/readBranchRules';
import { ScopeReadings } from '../collect/readings';
import { mayDo } from '../iam/effectiveGrants';
import { globMatches } from '../iam/glob';
import { IamAccount } from '../iam/IamAccount';
import { trustsService } from '../iam/trust';
import { projectOf } from './actions';
import { effectiveBuildspec } from './buildspecs';
import { describe, may, peopleOf, Person } from './people';
import { actionsOf, PipelineModel } from './pipelineModel';
import { SourceVisibility } from './providerFacts';

/** What decides about an approval pool of CodeCommit. */
interface PoolQuestions {
  mayPush: (member: string) => boolean;
  /** Whether a member is a role that only builds have. */
  isBuild: (member: string) => boolean;
  /** Whether a build of the pipeline follows a file of the repository. */
  hasPipelineFile: boolean;
}

const nameOfMember = (member: string) =>
  member.split('/').find((part, i) => i > 0 && part !== '*') ?? member;

/**
 * CodeCommit lets nobody approve a pull request that they created, and counts
 * approvals for one revision only, so that new commits take them back.
 */
function codeCommitProtection(
  rules: readonly ApprovalRule[],
  branch: string,
  pool: PoolQuestions,
): BranchProtection {
  const matching = rules.filter(
    ({ branches }) =>
      branches.length === 0 ||
      branches.some(pattern => globMatches(pattern, branch)),
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
    pipelineFileHasRequiredReviewers:
      !pool.hasPipelineFile ||
      matching.some(
        ({ pool: members, approvalsNeeded }) =>
          approvalsNeeded > 0 && members.length > 0,
      ),
  };
}

const repositoryArn = (
  repository: string,
  { region, accountId }: ScopeReadings,
) =>
  `arn:${partitionOf(region)}:codecommit:${region}:${accountId}:${repository}`;

const POOL_MEMBER =
  /^(?:arn:[^:]+:sts::\d{12}:assumed-role|arn:[^:]+:iam::\d{12}:(?:user|role)|CodeCommitApprovers:\d{12}:(?:[^:]*assumed-role)?)[/:](?:.*\/)?([^/:*]+)(?:\/\*)?$/;

/** Whether a member of an approval pool may push to the repository. Members that cannot be found count as able. */
function mayPush(repository: string, readings: ScopeReadings) {
  const account = readings.iam.get(readings.accountId);
  return (member: string): boolean => {
    const name = POOL_MEMBER.exec(member)?.[1];
    if (!account?.known || !name) return true;
    const iam = account.value;
    const arn = repositoryArn(repository, readings);
    const members = iam.principals.filter(
      principal => principal.kind !== 'group' && principal.name === name,
    );
    return (
      members.length === 0 ||
      members.some(principal => {
        const rights = iam.rights(principal);
        return (
          !rights.known ||
          mayDo(rights.value, 'codecommit:GitPush', arn, iam.index) !== 'no'
        );
      })
    );
  };
}

/** Whether a pool member is a role that CodeBuild alone can assume. */
function isBuild(readings: ScopeReadings) {
  const account = readings.iam.get(readings.accountId);
  return (member: string): boolean => {
    if (!account?.known) return false;
    const name = nameOfMember(member);
    const role = account.value.principals.find(
      principal => principal.kind === 'role' && principal.name === name,
    );
    const trust = role && account.value.trust(role);
    return (
      trust !== undefined &&
      trust.known &&
      trustsService(trust.value, 'codebuild.amazonaws.com')
    );
  };
}

/** Projects that cannot be read count as following a file, which is the default. */
function hasPipelineFile(
  model: PipelineModel,
  readings: ScopeReadings,
): boolean {
  return actionsOf(model).some(({ action }) => {
    const project = projectOf(action, readings);
    if (!project) return false;
    return (
      !project.known ||
      effectiveBuildspec(action, project.value).place === 'repository'
    );
  });
}

/** Rights with which changes reach a branch without the review of a pull request. */
const BYPASSING = [
  'codecommit:GitPush',
  'codecommit:PutFile',
  'codecommit:CreateCommit',
  'codecommit:OverridePullRequestApprovalRules',
];

function codeCommitBypassers(
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

function notConnected(what: string) {
  return {
    code: 'not-connected' as const,
    message: `${what} is not connected, so its branch rules cannot be read.`,
    actor: 'platform-team' as const,
    action:
      'Add the host to the integrations section of the configuration, with a token that may read repository rules.',
  };
}

/** Hosts behind connections, by the name that CodePipeline gives them. */
const HOSTS: Record<string, string> = {
  GitHub: 'github',
  GitHubEnterpriseServer: 'github',
  Bitbucket: 'bitbucket',
  GitLab: 'gitlab',
  GitLabSelfManaged: 'gitlab',
  AzureDevOps: 'azure-repos',
};

function hostOf(action: ActionDefinition, readings: ScopeReadings): string {
  const arn = action.configuration.ConnectionArn;
  const { connections } = readings;
  const found = connections.known
    ? connections.value.find(connection => connection.arn === arn)
    : undefined;
  return HOSTS[found?.providerType ?? ''] ?? 'unknown';
}

const withoutBranches = {
  protection: known('not-applicable' as const),
  bypassers: known([]),
};

function sourceOf(
  action: ActionDefinition,
  model: PipelineModel,
  readings: ScopeReadings,
): PipelineSource {
  const { configuration: config, name: id, provider } = action;
  const base = { id, role: 'application' as const };
  switch (provider) {
    case 'CodeCommit': {
      const repository = config.RepositoryName ?? '';
      const branch = config.BranchName ?? 'main';
      const rules =
        readings.approvalRules.get(repository) ??
        unknown<ApprovalRule[]>(
          notConnected(`CodeCommit repository ${repository}`),
        );
      return {
        ...base,
        kind: 'repository',
        host: 'codecommit',
        name: repository,
        url: consoleUrls.repository(readings.region, repository),
        branch,
        protection: chainFact(rules, all =>
          known(
            codeCommitProtection(all, branch, {
              mayPush: mayPush(repository, readings),
              isBuild: isBuild(readings),
              hasPipelineFile: hasPipelineFile(model, readings),
            }),
            {
              source:
                'codecommit:ListAssociatedApprovalRuleTemplatesForRepository',
              observed: all.map(({ name }) => name).join(', ') || 'no template',
            },
          ),
        ),
        bypassers: codeCommitBypassers(repository, branch, readings),
      };
    }
    case 'S3':
      return {
        ...base,
        ...withoutBranches,
        kind: 'object-store',
        host: 's3',
        name: `${config.S3Bucket}/${config.S3ObjectKey}`,
      };
    case 'ECR':
      return {
        ...base,
        ...withoutBranches,
        kind: 'image-registry',
        host: 'ecr',
        name: `${config.RepositoryName}:${config.ImageTag ?? 'latest'}`,
      };
    case 'GitHub':
    case 'CodeStarSourceConnection': {
      const host = provider === 'GitHub' ? 'github' : hostOf(action, readings);
      const name = config.FullRepositoryId ?? `${config.Owner}/${config.Repo}`;
      const rules = readings.branchRules.get(branchKey(action));
      const reason = notConnected(`The host of ${name}`);
      return {
        ...base,
        kind: 'repository',
        host,
        name,
        url: host === 'github' ? `https://github.com/${name}` : undefined,
        branch: config.BranchName ?? config.Branch,
        protection: rules?.protection ?? unknown(reason),
        bypassers: rules?.bypassers ?? unknown(reason),
      };
    }
    default: {
      const reason = {
        code: 'not-supported' as const,
        message: `Sources of the provider ${provider} cannot be read.`,
        actor: 'service-owner' as const,
        action:
          'Use a source that CodePipeline supports itself, or check it by hand.',
      };
      return {
        ...base,
        kind: 'other',
        host: provider,
        name: action.name,
        protection: unknown(reason),
        bypassers: unknown(reason),
      };
    }
  }
}

/** Where a pipeline takes its input from. */
export function sourcesOf(
  model: PipelineModel,
  readings: ScopeReadings,
): PipelineSource[] {
  return actionsOf(model)
    .filter(({ action }) => action.category === 'Source')
    .map(({ action }) => sourceOf(action, model, readings));
}

/** Who can read the repositories that a pipeline takes its source from. Only principals of an account can read CodeCommit. */
export function visibilityOf(
  model: PipelineModel,
  readings: ScopeReadings,
): Fact<SourceVisibility[]> {
  const repositories = actionsOf(model).flatMap(
    ({ action }): SourceVisibility[] => {
      if (action.category !== 'Source') return [];
      const { kind, host, name } = sourceOf(action, model, readings);
      if (kind !== 'repository') return [];
      const rules = readings.branchRules.get(branchKey(action));
      const isPublic =
        host === 'codecommit'
          ? known(false, { source: 'CodeCommit' })
          : rules?.isPublic ?? unknown(notConnected(`The host of ${name}`));
      return [{ name, isPublic }];
    },
  );
  return known(repositories, { source: 'codepipeline:GetPipeline' });
}
