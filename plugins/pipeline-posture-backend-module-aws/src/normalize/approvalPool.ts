import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import { partitionOf } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { mayDo } from '../iam/effectiveGrants';
import { trustsService } from '../iam/trust';
import { projectOf } from './actions';
import { effectiveBuildspec } from './buildspecs';
import { PipelineModel, actionsOf } from './pipelineModel';

/** What decides about an approval pool of CodeCommit. */
export interface PoolQuestions {
  mayPush: (member: string) => boolean;
  /** Whether a member is a role that only builds have. */
  isBuild: (member: string) => boolean;
  /** Whether a build of the pipeline follows a file of the repository. */
  hasPipelineFile: boolean;
  /** Why nothing is known of the members. */
  unread?: UnknownReason;
}

/** The name in an ARN of a pool member. */
export const nameOfMember = (member: string) =>
  member.split('/').find((part, i) => i > 0 && part !== '*') ?? member;

/** ARN of a repository of the account. */
export const repositoryArn = (
  repository: string,
  { region, accountId }: ScopeReadings,
) =>
  `arn:${partitionOf(region)}:codecommit:${region}:${accountId}:${repository}`;

const POOL_MEMBER =
  /^(?:arn:[^:]+:sts::\d{12}:assumed-role|arn:[^:]+:iam::\d{12}:(?:user|role)|CodeCommitApprovers:\d{12}:(?:[^:]*assumed-role)?)[/:](?:.*\/)?([^/:*]+)(?:\/\*)?$/;

/** Whether a member of an approval pool may push to the repository. Members that cannot be found count as able. */
export function mayPush(repository: string, readings: ScopeReadings) {
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
export function isBuild(readings: ScopeReadings) {
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
export function hasPipelineFile(
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
