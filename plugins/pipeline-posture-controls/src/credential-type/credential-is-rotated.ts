import {
  Credential,
  FindingInstance,
  Identity,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { titleOf } from '../identities';

const MAX_AGE_DAYS = 90;
const DAY_MS = 24 * 60 * 60 * 1000;
const EXPECTED = `A credential that can be copied is changed at least every ${MAX_AGE_DAYS} days.`;

function judgeAge(
  identity: Identity,
  credential: Credential,
  now: string,
): FindingInstance[] {
  const title = titleOf(identity);
  const { changedAt } = credential;
  if (!changedAt) {
    return judge(
      unknown({
        code: 'not-supported',
        message: `The source does not tell when the credential of the ${title} was last changed.`,
        actor: 'platform-team',
        action: `Check the age of the credential of the ${title} by hand, or replace it by federation or a role.`,
      }),
      title,
      EXPECTED,
      () => undefined,
    );
  }
  const days = Math.floor((Date.parse(now) - Date.parse(changedAt)) / DAY_MS);
  return judge(identity.credential, title, EXPECTED, () => ({
    ok: days <= MAX_AGE_DAYS,
    observed: `The credential of the ${title} was last changed ${days} days ago, on ${changedAt.slice(
      0,
      10,
    )}.`,
    url: identity.url,
  }));
}

/**
 * Credentials that can be copied are changed regularly.
 *
 * @public
 */
export const credentialIsRotated = defineControl({
  id: 'credential-is-rotated',
  title: 'Credentials that can be copied are changed regularly',
  dimension: 'credential-type',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-5'],
  why:
    'A long-lived credential has usually been in more places than anybody remembers: old machines, logs, mails, backups. ' +
    'An attacker who finds a copy years later can use it only if it is still the same. ' +
    'Changing it regularly makes every lost copy worthless, and keeps the change a routine for the day when it is urgent.',
  measure:
    `Looks at every identity of the pipeline whose credential works for whoever copies it. Fails if it was last changed more than ${MAX_AGE_DAYS} days ago. ` +
    'Passes if all of them are younger. Unknown if the source does not tell when one was changed, or what kind of credential it is, and none of the others fails. ' +
    'Not applicable if it is known that no identity has such a credential.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/release/configure-workload-identity',
      steps: [
        'Convert the service connection to workload identity federation, which leaves nothing to rotate.',
        'If that is not possible, create a new secret of the application, update the connection, and delete the old secret.',
      ],
      cli: `az ad app credential reset --id <application id> --years 1`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html',
      steps: [
        'Replace the access key by a role that the person or service assumes, which leaves nothing to rotate.',
        'If that is not possible, create a second key, use it everywhere, deactivate the first one, and delete it after a week.',
      ],
      cli: `aws iam create-access-key --user-name <user>
aws iam update-access-key --user-name <user> --access-key-id <old key id> --status Inactive
aws iam delete-access-key --user-name <user> --access-key-id <old key id>`,
      terraform: `# Instead of aws_iam_user and aws_iam_access_key: a role needs no key that anybody must change.
resource "aws_iam_role" "release" {
  name                 = "<role>"
  max_session_duration = 3600
  assume_role_policy   = data.aws_iam_policy_document.release_trust.json
}`,
      template: {
        language: 'cloudformation',
        code: `# Instead of AWS::IAM::User and AWS::IAM::AccessKey.
ReleaseRole:
  Type: AWS::IAM::Role
  Properties:
    MaxSessionDuration: 3600
    AssumeRolePolicyDocument:
      Version: '2012-10-17'
      Statement:
        - Effect: Allow
          Principal: { AWS: !Ref ReleasingPrincipalArn }
          Action: sts:AssumeRole`,
      },
    },
  },
  needs: ['identities'],
  evaluate({ identities }, { pipeline }) {
    const instances = identities.flatMap(identity => {
      const { credential } = identity;
      if (!credential.known) {
        return [cannotTell(titleOf(identity), EXPECTED, credential.reason)];
      }
      return credential.value.longLived
        ? judgeAge(identity, credential.value, pipeline.collectedAt)
        : [];
    });
    return instances.length > 0
      ? instances
      : notApplicable(
          'No identity of this pipeline has a credential that can be copied.',
        );
  },
});
