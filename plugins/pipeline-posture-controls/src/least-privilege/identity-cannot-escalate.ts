import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeGrants } from './grants';

const EXPECTED =
  'The identity cannot give itself, or get hold of, more rights.';

const RISKS = new Set<Grant['risk']>([
  'escalation',
  'pass-any-role',
  'assume-any-role',
]);

/**
 * No identity of the pipeline can raise its own rights.
 *
 * @public
 */
export const identityCannotEscalate = defineControl({
  id: 'identity-cannot-escalate',
  title: 'No identity of the pipeline can raise its own rights',
  dimension: 'least-privilege',
  severity: 'high',
  lifecycle: 'active',
  answers: ['SAD-2', 'BP7-3'],
  why:
    'Some rights look harmless and are worth as much as all of them: to write a policy, to create a role, to hand a strong role to a function and run one’s own code there. ' +
    'An attacker in a build uses one of them in the first minute, and is an administrator in the second. ' +
    'A pipeline that was carefully kept from being an administrator is then one after all.',
  measure:
    'Looks at every identity that the pipeline can act as, except connections that only read source code. ' +
    'Fails if one can raise its own rights in a known way, can pass or assume every role, or is an administrator already. ' +
    'A way that leads over another identity counts only if that one is stronger and can really be reached. ' +
    'A right that a condition limits to named services or tagged roles does not fail. ' +
    'Passes if the rights of all of them are known and none leads to more. Unknown if the rights of one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no such identity.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview',
      steps: [
        'In the Azure portal open the scope that the service connection deploys to, then Access control (IAM) > Role assignments.',
        'Find the principal of the connection with Owner, User Access Administrator or Role Based Access Control Administrator.',
        'If the pipeline must assign roles, add Role Based Access Control Administrator with a condition that names the roles and principals it may assign.',
        'Remove the assignment that has no condition.',
      ],
      cli: `az role assignment list --assignee <application id> --all --output table
az role assignment delete --assignee <application id> --role "User Access Administrator" --scope <scope>`,
      terraform: `resource "azurerm_role_assignment" "deploy" {
  scope                = azurerm_resource_group.<name>.id
  role_definition_name = "Contributor"
  principal_id         = azuread_service_principal.<deploy>.object_id
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html',
      steps: [
        'Open the role in the IAM console and find the statement that the finding names.',
        'Replace the wildcard in iam:PassRole or sts:AssumeRole by the ARNs of the roles that the pipeline passes or assumes.',
        'For iam:PassRole add the condition iam:PassedToService with the one service that gets the role.',
        'If the pipeline has to create roles, set a permissions boundary and allow iam:CreateRole only with that boundary.',
      ],
      cli: `aws iam put-role-policy --role-name <role> --policy-name pass-task-role --policy-document '{
  "Version": "2012-10-17",
  "Statement": [{
    "Effect": "Allow",
    "Action": "iam:PassRole",
    "Resource": "arn:aws:iam::<account>:role/<task role>",
    "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }
  }]
}'
aws iam put-role-permissions-boundary --role-name <role> --permissions-boundary <policy ARN>`,
      terraform: `statement {
  actions   = ["iam:PassRole"]
  resources = [aws_iam_role.<task>.arn]
  condition {
    test     = "StringEquals"
    variable = "iam:PassedToService"
    values   = ["ecs-tasks.amazonaws.com"]
  }
}`,
      template: {
        language: 'cloudformation',
        code: `- Effect: Allow
  Action: iam:PassRole
  Resource: !GetAtt <TaskRole>.Arn
  Condition:
    StringEquals:
      iam:PassedToService: ecs-tasks.amazonaws.com`,
      },
    },
  },
  needs: ['identities'],
  evaluate: ({ identities }) =>
    judgeGrants(
      identities,
      EXPECTED,
      ({ risk, breadth }) => RISKS.has(risk) && breadth !== 'narrow',
      {
        bad: 'can get more rights than it has',
        good: 'has no right that leads to more',
      },
    ),
});
