import {
  Fact,
  PipelineSource,
  chainFact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { ApprovalRule } from '../client/CodeCommitReader';
import { consoleUrls } from '../client/consoleUrls';
import { ActionDefinition } from '../collect/definition';
import { branchKey, onEachBranch } from '../collect/RepositoryAddresses';
import { ScopeReadings } from '../collect/readings';
import { hasPipelineFile, isBuild, mayPush } from './approvalPool';
import { codeCommitBypassers, codeCommitProtection } from './codeCommit';
import { PipelineModel, actionsOf } from './pipelineModel';
import { SourceVisibility } from './providerFacts';
import { notConnected } from './unreadHost';

/** Why the members of approval pools are not known, if they are not. */
function unreadMembers({ iam, accountId }: ScopeReadings) {
  const account = iam.get(accountId);
  return account && !account.known ? account.reason : undefined;
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
              unread: unreadMembers(readings),
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
    .flatMap(({ action }) =>
      onEachBranch(action, model.definition).map((branch, i) => {
        const source = sourceOf(branch, model, readings);
        return i === 0
          ? source
          : { ...source, id: `${source.id}@${source.branch}` };
      }),
    );
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
      if (host === 'codecommit') {
        const never = known(false, { source: 'CodeCommit' });
        return [{ name, isPublic: never, forkable: never }];
      }
      const unread = unknown(notConnected(`The host of ${name}`));
      return [
        {
          name,
          isPublic: rules?.isPublic ?? unread,
          forkable: rules?.forkable ?? unread,
        },
      ];
    },
  );
  return known(repositories, { source: 'codepipeline:GetPipeline' });
}
