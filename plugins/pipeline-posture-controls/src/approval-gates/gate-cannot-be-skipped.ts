import {
  FindingInstance,
  Gate,
  Stage,
} from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { judgeProductionStages } from './productionStages';

const EXPECTED =
  'Neither builders nor the pipeline itself can lift the gate before production or go around it.';

const gates = (all: Gate[]) =>
  all
    .filter(({ kind, effective }) => kind === 'approval' && effective)
    .map(gate => ({ gate, title: `"${gate.name}" on ${gate.on}` }));

function judgeStage(stage: Stage): FindingInstance {
  const subject = `stage ${stage.name}`;
  if (!stage.gates.known) {
    return cannotTell(subject, EXPECTED, stage.gates.reason);
  }
  const approvals = gates(stage.gates.value);
  const firm = approvals.find(
    ({ gate }) => gate.canBeSkipped.known && !gate.canBeSkipped.value,
  );
  if (firm) {
    return pass({
      subject,
      observed: `${firm.title} can be neither lifted nor gone around.`,
      expected: EXPECTED,
      evidence: firm.gate.canBeSkipped.known
        ? firm.gate.canBeSkipped.evidence
        : [],
      url: firm.gate.url,
    });
  }
  for (const { gate } of approvals) {
    if (!gate.canBeSkipped.known) {
      return cannotTell(subject, EXPECTED, gate.canBeSkipped.reason);
    }
  }
  return fail({
    subject,
    observed:
      approvals.length === 0
        ? `There is no approval before stage ${stage.name} that could hold anybody up.`
        : `${approvals
            .map(({ title }) => title)
            .join(', ')} can be skipped or gone around.`,
    expected: EXPECTED,
    evidence: approvals.flatMap(({ gate }) =>
      gate.canBeSkipped.known ? gate.canBeSkipped.evidence : [],
    ),
    url: approvals[0]?.gate.url ?? stage.url,
  });
}

/**
 * The gate before production holds even against those who want to get past it.
 *
 * @public
 */
export const gateCannotBeSkipped = defineControl({
  id: 'gate-cannot-be-skipped',
  title: 'The gate before production cannot be skipped',
  dimension: 'approval-gates',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-2', 'GOV-7', 'BP7-12'],
  why:
    'A gate on one door does not help if the house has another. ' +
    'An attacker names the production identity in a stage that has no gate, or lets the pipeline’s own role approve or lift it. ' +
    'The deployment takes place, and the approval was never asked for.',
  measure:
    'Looks at the approvals that take effect on every stage that deploys to production. ' +
    'Passes if one of them can neither be lifted by the pipeline’s own identities, nor be left out by an option, ' +
    'nor be gone around by naming the deployment’s identity elsewhere. ' +
    'Fails if each can. Fails as well if there is no approval. ' +
    'Unknown if that cannot be read, or if nothing says whether a stage is production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
      steps: [
        'Open the service connection that deploys to production, then Approvals and checks.',
        'Add an approval, a branch control or a required template to it, since checks of the environment do not protect the connection.',
        'For a classic release: clear "Skip approval if the same approver approved the previous stage" in the pre-deployment conditions.',
      ],
      cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations?resourceType=endpoint&resourceId=<connection id>&\\$expand=settings&api-version=7.1-preview.1"`,
      terraform: `resource "azuredevops_check_branch_control" "connection" {
  project_id               = azuredevops_project.<project>.id
  target_resource_id       = azuredevops_serviceendpoint_azurerm.production.id
  target_resource_type     = "endpoint"
  allowed_branches         = "refs/heads/main"
  verify_branch_protection = true
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html',
      steps: [
        'Remove codepipeline:PutApprovalResult, OverrideStageCondition, EnableStageTransition and UpdatePipeline from the roles of CodePipeline and CodeBuild.',
        'Grant codepipeline:PutApprovalResult on the approval action to the approvers only.',
      ],
      cli: `aws iam simulate-principal-policy --policy-source-arn <build role arn> \\
  --action-names codepipeline:PutApprovalResult codepipeline:UpdatePipeline \\
  --resource-arns arn:aws:codepipeline:<region>:<account>:<pipeline>`,
      terraform: `# Attach it to every role that the pipeline runs with.
data "aws_iam_policy_document" "keep_gates" {
  statement {
    effect = "Deny"
    actions = [
      "codepipeline:PutApprovalResult",
      "codepipeline:OverrideStageCondition",
      "codepipeline:EnableStageTransition",
      "codepipeline:UpdatePipeline",
    ]
    resources = ["\${aws_codepipeline.<pipeline>.arn}*"]
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# Attach it to every role that the pipeline runs with.
KeepGates:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
        - Effect: Deny
          Action:
            - codepipeline:PutApprovalResult
            - codepipeline:OverrideStageCondition
            - codepipeline:EnableStageTransition
            - codepipeline:UpdatePipeline
          Resource: !Sub 'arn:\${AWS::Partition}:codepipeline:\${AWS::Region}:\${AWS::AccountId}:<pipeline>*'`,
      },
    },
  },
  needs: ['stages'],
  evaluate: ({ stages }) =>
    judgeProductionStages(stages, EXPECTED, stage => [judgeStage(stage)]),
});
