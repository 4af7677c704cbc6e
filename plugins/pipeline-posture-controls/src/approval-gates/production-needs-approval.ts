import { Gate, Stage } from 'backstage-plugin-pipeline-posture-common';
import { defineControl, judge } from 'backstage-plugin-pipeline-posture-node';
import { judgeProductionStages } from './productionStages';

const EXPECTED =
  'A person must approve before this stage deploys to production.';

function observe(stage: Stage, gates: Gate[]): string {
  const approvals = gates.filter(gate => gate.kind === 'approval');
  const effective = approvals.filter(gate => gate.effective);
  if (effective.length > 0) {
    const names = effective.map(gate => `"${gate.name}" on ${gate.on}`);
    return `Stage ${stage.name} waits for ${names.join(', ')}.`;
  }
  if (approvals.length === 0) {
    return `Stage ${stage.name} deploys without any approval.`;
  }
  const [{ name, on, ineffectiveBecause }] = approvals;
  return `Stage ${
    stage.name
  } has the approval "${name}" on ${on}, but it stops nothing: ${
    ineffectiveBecause ?? 'it has no effect'
  }.`;
}

/**
 * A person must approve before anything is deployed to production.
 *
 * @public
 */
export const productionNeedsApproval = defineControl({
  id: 'production-needs-approval',
  title: 'Deploying to production needs the approval of a person',
  dimension: 'approval-gates',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['GOV-7', 'BP7-4'],
  why:
    'Without an approval, whatever reaches the branch reaches production, minutes later and unseen. ' +
    'An attacker who controls one developer account, or one dependency of the build, needs nobody else to change the running system. ' +
    'An approval makes somebody look at what is about to be deployed, and stops a release that went to the wrong environment.',
  measure:
    'Looks at every stage that deploys to production. Passes if each has at least one approval that takes effect. ' +
    'Fails if one has none, or only approvals that are disabled or let everything through. ' +
    'Unknown if the gates of such a stage cannot be read, or if nothing says whether a stage is production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production. ' +
    'Whether the requester may approve is asked by requester-cannot-approve, whether the approval can be skipped by gate-cannot-be-skipped.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/approvals',
      steps: [
        'Open Pipelines > Environments and select the environment that the production stage deploys to.',
        'Open Approvals and checks, select the plus sign and then Approvals.',
        'Name a small group of approvers and clear "Allow approvers to approve their own runs".',
        'Select Create.',
        'For a classic release: open the pre-deployment conditions of the production stage, turn on Pre-deployment approvals and name the approvers.',
      ],
      cli: `az rest --method post \\
  --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations?api-version=7.1-preview.1" \\
  --body '{
    "type": { "id": "8c6f20a7-a545-4486-9777-f762fafe0d4d", "name": "Approval" },
    "resource": { "type": "environment", "id": "<environment id>" },
    "settings": {
      "approvers": [{ "id": "<group id>" }],
      "minRequiredApprovers": 1,
      "requesterCannotBeApprover": true
    },
    "timeout": 43200
  }'`,
      terraform: `resource "azuredevops_check_approval" "production" {
  project_id            = azuredevops_project.<project>.id
  target_resource_id    = azuredevops_environment.production.id
  target_resource_type  = "environment"
  approvers             = [azuredevops_group.release_managers.origin_id]
  requester_can_approve = false
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html',
      steps: [
        'Open the pipeline in the CodePipeline console and choose Edit.',
        'Add a stage before the first stage that deploys to production, or an action group before the deploy action in the same stage.',
        'Add an action with the provider Manual approval, and an SNS topic that the approvers read.',
        'Choose Done and then Save.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query pipeline > pipeline.json
# Add the approval action to pipeline.json, before the production deploy action.
aws codepipeline update-pipeline --pipeline file://pipeline.json`,
      terraform: `# In aws_codepipeline, before the stage that deploys to production.
stage {
  name = "ApproveProduction"
  action {
    name     = "ApproveProduction"
    category = "Approval"
    owner    = "AWS"
    provider = "Manual"
    version  = "1"
    configuration = {
      NotificationArn = aws_sns_topic.<topic>.arn
    }
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In Stages of AWS::CodePipeline::Pipeline, before the stage that deploys to production.
- Name: ApproveProduction
  Actions:
    - Name: ApproveProduction
      ActionTypeId:
        Category: Approval
        Owner: AWS
        Provider: Manual
        Version: "1"
      Configuration:
        NotificationArn: !Ref <topic>`,
      },
    },
  },
  needs: ['stages'],
  evaluate: ({ stages }) =>
    judgeProductionStages(stages, EXPECTED, stage =>
      judge(stage.gates, `stage ${stage.name}`, EXPECTED, gates => ({
        ok: gates.some(gate => gate.kind === 'approval' && gate.effective),
        observed: observe(stage, gates),
        url: stage.url,
      })),
    ),
});
