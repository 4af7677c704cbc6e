import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { onlyReadsSource, titleOf } from '../identities';

const EXPECTED = 'Nobody but this pipeline can become the identity.';

/**
 * No identity of the pipeline can be taken by others.
 *
 * @public
 */
export const identityTrustsOnlyItsPipeline = defineControl({
  id: 'identity-trusts-only-its-pipeline',
  title: 'Each identity trusts its own pipeline only',
  dimension: 'identity-separation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-4', 'AZS-3'],
  why:
    'An identity says who may become it, and that list is often wider than anybody meant: a whole account, every repository of an organisation, or everybody. ' +
    'An attacker then needs no pipeline at all: they take the identity from a laptop or from a repository that they made themselves. ' +
    'None of the pipeline’s approvals and tests stands in that way.',
  measure:
    'Looks at the trust policy or federated subject of every identity that does more than read source code. ' +
    'Fails if one can be taken by anybody, by an account that is not configured, by every principal of an account, or by any repository or branch of a host. ' +
    'Passes if that is known of all of them and none can. Unknown if the trust of one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no such identity.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust',
      steps: [
        'In the Entra admin centre open the application of the service connection, then Certificates & secrets > Federated credentials.',
        'Keep only the credential whose subject names this organisation, project and service connection.',
        'Delete other credentials and all secrets.',
      ],
      cli: `az ad app federated-credential list --id <application id>
az ad app federated-credential delete --id <application id> --federated-credential-id <id>`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      steps: [
        'Open the role in the IAM console, then Trust relationships > Edit trust policy.',
        'Replace the account, or "*", by the ARN of the pipeline role.',
        'For another account add the condition sts:ExternalId; for GitHub or GitLab name repository and branch or environment in the condition on the subject.',
      ],
      cli: `aws iam update-assume-role-policy --role-name <role> --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Principal": { "AWS": "arn:aws:iam::<account>:role/<pipeline role>" },
    "Action": "sts:AssumeRole"
  }]
}'`,
      terraform: `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.<pipeline>.arn]
    }
  }
}`,
      template: {
        language: 'cloudformation',
        code: `AssumeRolePolicyDocument:
  Version: "2012-10-17"
  Statement:
    - Effect: Allow
      Principal: { AWS: !GetAtt <PipelineRole>.Arn }
      Action: sts:AssumeRole`,
      },
    },
  },
  needs: ['identities'],
  evaluate({ identities }) {
    const judged = identities.filter(identity => !onlyReadsSource(identity));
    if (judged.length === 0) {
      return notApplicable(
        'This pipeline acts as no identity beyond reading its source code.',
      );
    }
    return judged.flatMap(identity =>
      judge(identity.openTrust, titleOf(identity), EXPECTED, others => ({
        ok: others.length === 0,
        observed:
          others.length === 0
            ? `Nobody else can become the ${titleOf(identity)}.`
            : `The ${titleOf(identity)} can be taken by others: ${others.join(
                '; ',
              )}.`,
        url: identity.url,
      })),
    );
  },
});
