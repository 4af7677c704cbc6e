import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeGrants } from './grants';

const EXPECTED =
  'The identity can read only the secrets that this pipeline uses.';

/**
 * No identity of the pipeline can read secrets of others.
 *
 * @public
 */
export const identityCannotReadEverySecret = defineControl({
  id: 'identity-cannot-read-every-secret',
  title: 'No identity of the pipeline can read every secret',
  dimension: 'least-privilege',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-5', 'GOV-4', 'AZS-5'],
  why:
    'A pipeline needs two or three secrets, and is often allowed to read all of them, because that is one line. ' +
    'An attacker who poisons one build then prints the passwords of every database and the keys of every partner. ' +
    'All of them have to be changed afterwards, in every team.',
  measure:
    'Looks at every identity that the pipeline can act as, except connections that only read source code. ' +
    'Fails if one can read every secret, parameter or encrypted value of an account, project or vault, or is an administrator. ' +
    'Passes if the rights of all of them are known and none is so. Unknown if the rights of one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no such identity. Whether a variable group is open to every pipeline is asked by a control of its own.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl: 'https://learn.microsoft.com/azure/key-vault/general/rbac-guide',
      steps: [
        'Open the key vault in the Azure portal, then Access control (IAM).',
        'Give the principal of the service connection the role Key Vault Secrets User on the secrets that it uses, not on the vault or the subscription.',
        'Remove the assignment on the vault or the subscription.',
      ],
      cli: `az role assignment create --assignee <application id> --role "Key Vault Secrets User" \\
  --scope <vault id>/secrets/<secret name>`,
      terraform: `resource "azurerm_role_assignment" "secrets" {
  scope                = azurerm_key_vault.<vault of this service>.id
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azuread_service_principal.<deploy>.object_id
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html',
      steps: [
        'Open the role in the IAM console and find the statement that the finding names.',
        'Replace "*" by the ARNs of the secrets and parameters that the build uses.',
        'For kms:Decrypt name the key, or add the condition kms:ViaService.',
      ],
      cli: `aws iam put-role-policy --role-name <role> --policy-name read-own-secret --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "secretsmanager:GetSecretValue",
    "Resource": "arn:aws:secretsmanager:<region>:<account>:secret:<name>-??????"
  }]
}'`,
      terraform: `statement {
  actions   = ["secretsmanager:GetSecretValue"]
  resources = [aws_secretsmanager_secret.<name>.arn]
}`,
      template: {
        language: 'cloudformation',
        code: `- Effect: Allow
  Action: secretsmanager:GetSecretValue
  Resource: !Ref <Secret>`,
      },
    },
  },
  needs: ['identities'],
  evaluate: ({ identities }) =>
    judgeGrants(
      identities,
      EXPECTED,
      ({ risk, breadth }) =>
        risk === 'read-every-secret' && breadth !== 'narrow',
      {
        bad: 'can read secrets that are not for this pipeline',
        good: 'cannot read secrets beyond named ones',
      },
    ),
});
