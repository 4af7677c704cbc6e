import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { onlyReadsSource, titleOf } from '../identities';

const EXPECTED =
  'The identity has only the rights that its job in this pipeline needs.';

/**
 * No identity of the pipeline can do everything in an account, subscription or management group.
 *
 * @public
 */
export const identityIsNotAdmin = defineControl({
  id: 'identity-is-not-admin',
  title: 'No identity of the pipeline is an administrator',
  dimension: 'least-privilege',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['SAD-2', 'BP7-3', 'GOV-4'],
  why:
    'A pipeline runs code that many people and packages contribute to, with the rights of its identities. ' +
    'If one of them is an administrator, an attacker who changes a build script or poisons a dependency owns the whole account or subscription: ' +
    'reads every secret, adds backdoor users, deletes the logs. With rights on named resources the same attack reaches only those.',
  measure:
    'Looks at every identity that the pipeline can act as, except connections that only read source code. ' +
    'Fails if one has a right over everything in an account, subscription or management group. ' +
    'Passes if the rights of all of them are known and none is such a right. ' +
    'Unknown if the rights of one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no such identity.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/infrastructure',
      steps: [
        'In the Azure portal open the subscription or management group, then Access control (IAM) > Role assignments.',
        'Find the service principal of the service connection and note its role.',
        'Add a role assignment for it on the resource group that it deploys to, with the narrowest role that works.',
        'Run the pipeline once, then remove the role assignment on the subscription or management group.',
        'In Azure DevOps, create the service connection anew with that resource group as its scope if it was created for the whole subscription.',
      ],
      cli: `az role assignment list --assignee <application id> --all --output table
az role assignment create --assignee <application id> --role "<narrow role>" \\
  --scope /subscriptions/<subscription id>/resourceGroups/<resource group>
az role assignment delete --assignee <application id> --role "<broad role>" \\
  --scope /subscriptions/<subscription id>`,
      terraform: `resource "azurerm_role_assignment" "deploy" {
  scope                = azurerm_resource_group.<name>.id
  role_definition_name = "<narrow role>"
  principal_id         = azurerm_user_assigned_identity.deploy.principal_id
}`,
      template: {
        language: 'bicep',
        code: `// Deploy to the resource group, not to the subscription.
resource deploy 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, principalId, roleDefinitionId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleDefinitionId)
  }
}`,
      },
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html',
      steps: [
        'Open the role in the IAM console and list its permissions policies.',
        'Add an inline policy with only the actions that the pipeline or the build needs, on named resources.',
        'Run the pipeline once.',
        'Remove AdministratorAccess, or the statement that allows every action on every resource.',
      ],
      cli: `aws iam list-attached-role-policies --role-name <role>
aws iam put-role-policy --role-name <role> --policy-name pipeline-job \\
  --policy-document file://narrow-policy.json
aws iam detach-role-policy --role-name <role> \\
  --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`,
      terraform: `resource "aws_iam_role_policy" "pipeline_job" {
  role = aws_iam_role.<role>.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "\${aws_s3_bucket.<artifacts>.arn}/*"
    }]
  })
}`,
      template: {
        language: 'cloudformation',
        code: `# In Properties of AWS::IAM::Role, in place of ManagedPolicyArns with AdministratorAccess.
Policies:
  - PolicyName: pipeline-job
    PolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action: [s3:GetObject, s3:PutObject]
          Resource: !Sub "\${<ArtifactBucket>.Arn}/*"`,
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
    return judged.flatMap(identity => {
      const title = titleOf(identity);
      return judge(identity.grants, title, EXPECTED, grants => {
        const admin = grants.filter(
          ({ breadth }) => breadth === 'administrator',
        );
        return {
          ok: admin.length === 0,
          observed:
            admin.length === 0
              ? `The ${title} has no administrator right.`
              : `The ${title} is an administrator: ${admin
                  .map(grant => grant.title)
                  .join(', ')}.`,
          url: identity.url,
        };
      });
    });
  },
});
