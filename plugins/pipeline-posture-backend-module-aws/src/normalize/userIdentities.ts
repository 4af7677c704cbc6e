import {
  Identity,
  chainFact,
  known,
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

/** IAM users that can drive the pipeline, with their access keys. */
export function userIdentities(
  model: PipelineModel,
  readings: ScopeReadings,
): Identity[] {
  const account = readings.iam.get(readings.accountId);
  if (!account?.known) return [];
  const iam = account.value;
  return iam.principals.flatMap((user): Identity[] => {
    if (user.kind !== 'user') return [];
    const rights = iam.rights(user);
    const drives =
      rights.known &&
      DRIVING.some(
        action =>
          mayDo(rights.value, action, model.definition.arn, iam.index) !== 'no',
      );
    if (!drives) return [];
    const keys = readings.accessKeys;
    if (keys.known && !keys.value.some(({ userArn }) => userArn === user.arn)) {
      return [];
    }
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
