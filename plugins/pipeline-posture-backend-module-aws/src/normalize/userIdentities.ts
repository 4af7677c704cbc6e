import {
  Identity,
  chainFact,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { consoleUrls } from '../client/consoleUrls';
import { ScopeReadings } from '../collect/readings';
import { mayDo } from '../iam/effectiveGrants';
import { roleRisks } from '../iam/roleRisks';
import { PipelineModel } from './pipelineModel';

/** Actions with which a person drives or changes a pipeline. */
const DRIVING = [
  'codepipeline:StartPipelineExecution',
  'codepipeline:UpdatePipeline',
  'codepipeline:PutApprovalResult',
];

/** Stands for users that may be able to drive the pipeline. */
function unreadUser(name: string, reason: UnknownReason): Identity {
  const notRead = unknown(reason);
  return {
    id: `unread:users/${name}`,
    name,
    type: 'IAM user',
    purposes: ['orchestrate'],
    credential: notRead,
    grants: notRead,
    usedBy: known([]),
    openTrust: known([]),
  };
}

/** IAM users that can drive the pipeline, with their access keys. */
export function userIdentities(
  model: PipelineModel,
  readings: ScopeReadings,
): Identity[] {
  const account = readings.iam.get(readings.accountId);
  if (!account) return [];
  if (!account.known) {
    // Users with keys may be there or not: nobody can tell.
    return [unreadUser('whose rights could not be read', account.reason)];
  }
  const iam = account.value;
  return iam.principals.flatMap((user): Identity[] => {
    if (user.kind !== 'user') return [];
    const keys = readings.accessKeys;
    if (keys.known && !keys.value.some(({ userArn }) => userArn === user.arn)) {
      return [];
    }
    const rights = iam.rights(user);
    if (!rights.known) return [unreadUser(user.name, rights.reason)];
    const drives = DRIVING.some(
      action =>
        mayDo(rights.value, action, model.definition.arn, iam.index) !== 'no',
    );
    if (!drives) return [];
    return [
      {
        id: user.arn,
        name: user.name,
        type: 'IAM user',
        purposes: ['orchestrate'],
        credential: chainFact(keys, all => {
          const [oldest] = all
            .filter(({ userArn }) => userArn === user.arn)
            .sort((a, b) =>
              (a.rotatedAt ?? '').localeCompare(b.rotatedAt ?? ''),
            );
          return known({
            kind: 'access-key' as const,
            longLived: true,
            changedAt: oldest?.rotatedAt,
            alternative: 'Assuming a role',
          });
        }),
        grants: roleRisks(iam, user),
        usedBy: known([]),
        openTrust: known([]),
        url: consoleUrls.user(readings.region, user.name),
      },
    ];
  });
}
