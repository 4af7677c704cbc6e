import { Grant } from 'backstage-plugin-pipeline-posture-common';
import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeGrants } from './grants';

const EXPECTED =
  'Each right names the actions and the resources that it is for.';

/** Rights that other controls ask about. */
const OF_OTHER_CONTROLS = new Set<Grant['risk']>([
  'escalation',
  'pass-any-role',
  'assume-any-role',
  'read-every-secret',
  'bypass-approval',
]);

/** Providers list up to ten actions: fewer than that are single slips, not breadth. */
const MANY = 10;

function isTooBroad({ breadth, risk, actions }: Grant): boolean {
  if (breadth === 'narrow' || OF_OTHER_CONTROLS.has(risk)) return false;
  return risk !== 'unconstrained-write' || actions.length >= MANY;
}

/**
 * No identity of the pipeline has whole services or every resource where it needs a few.
 *
 * @public
 */
export const identityHasNoUnneededBreadth = defineControl({
  id: 'identity-has-no-unneeded-breadth',
  title: 'No identity of the pipeline has whole services or every resource',
  dimension: 'least-privilege',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-3', 'GOV-9', 'SAD-2'],
  why:
    'A right on a whole service, or on every resource of it, is quickly written and rarely taken back. ' +
    'It makes a small mistake large: a script with a wrong name deletes what belongs to another team. ' +
    'An attacker in one pipeline reaches the tables, queues and functions of all the others in the account.',
  measure:
    'Looks at every identity that the pipeline can act as, except connections that only read source code. ' +
    'Fails if one has every action of a service on every resource, a right by omission (all but what is named), ten or more writing actions in one statement on every resource, ' +
    'or a broad role such as Contributor on a whole subscription. Actions that know no resource do not count, nor do rights that a condition limits. ' +
    'Passes if the rights of all of them are known and none is so broad. Unknown if the rights of one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that the pipeline has no such identity.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/role-based-access-control/custom-roles',
      steps: [
        'In the Azure portal open the subscription, then Access control (IAM) > Role assignments, and find the principal of the service connection.',
        'Add an assignment of the narrowest built-in role, or of a custom role, on the resource group that the pipeline deploys to.',
        'Run the pipeline once, then remove the broad assignment.',
      ],
      cli: `az role assignment create --assignee <application id> --role "<narrow role>" \\
  --scope /subscriptions/<subscription id>/resourceGroups/<resource group>`,
      terraform: `resource "azurerm_role_assignment" "deploy" {
  scope                = azurerm_resource_group.<name>.id
  role_definition_name = "Website Contributor"
  principal_id         = azuread_service_principal.<deploy>.object_id
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html',
      steps: [
        'Open the role in the IAM console and find the statement that the finding names.',
        'Choose "Generate policy based on CloudTrail events" to see which actions the pipeline has really used.',
        'Replace the wildcard by those actions, and "*" by the ARNs of the resources.',
        'Run the pipeline once before you remove the old statement.',
      ],
      cli: `aws accessanalyzer start-policy-generation \\
  --policy-generation-details principalArn=<role ARN> \\
  --cloud-trail-details file://trail.json`,
      terraform: `statement {
  actions   = ["ecs:UpdateService"]
  resources = ["arn:aws:ecs:<region>:<account>:service/<cluster>/<service>"]
}`,
      template: {
        language: 'cloudformation',
        code: `- Effect: Allow
  Action: ecs:UpdateService
  Resource: !Sub arn:\${AWS::Partition}:ecs:\${AWS::Region}:\${AWS::AccountId}:service/<cluster>/<service>`,
      },
    },
  },
  needs: ['identities'],
  evaluate: ({ identities }) =>
    judgeGrants(identities, EXPECTED, isTooBroad, {
      bad: 'may do far more than its job',
      good: 'has no right on whole services or on every resource',
    }),
});
