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
  'Somebody other than the one who started the run must approve before this stage deploys.';

/** Every approval of a stage must be given, so one that the requester cannot give is enough. */
function judgeApprovals(stage: Stage, approvals: Gate[]): FindingInstance {
  const subject = `stage ${stage.name}`;
  const ofOthers = approvals.find(
    ({ requesterCanApprove: own }) => own.known && !own.value,
  );
  if (ofOthers) {
    return pass({
      subject,
      observed: `Stage ${stage.name} waits for "${ofOthers.name}" on ${ofOthers.on}, which the one who started the run cannot give.`,
      expected: EXPECTED,
      evidence: ofOthers.requesterCanApprove.known
        ? ofOthers.requesterCanApprove.evidence
        : [],
      url: ofOthers.url,
    });
  }
  for (const { requesterCanApprove } of approvals) {
    if (!requesterCanApprove.known) {
      return cannotTell(subject, EXPECTED, requesterCanApprove.reason);
    }
  }
  const names = approvals.map(({ name, on }) => `"${name}" on ${on}`);
  return fail({
    subject,
    observed:
      approvals.length === 0
        ? `Nobody has to approve before stage ${stage.name} deploys, so whoever starts the run needs nobody else.`
        : `Whoever starts the run can give the approval themselves: ${names.join(
            ', ',
          )}.`,
    expected: EXPECTED,
    evidence: approvals.flatMap(({ requesterCanApprove }) =>
      requesterCanApprove.known ? requesterCanApprove.evidence : [],
    ),
    url: approvals[0]?.url ?? stage.url,
  });
}

/**
 * Whoever starts a deployment to production needs the approval of somebody else.
 *
 * @public
 */
export const requesterCannotApprove = defineControl({
  id: 'requester-cannot-approve',
  title: 'Nobody can approve the deployment that they started',
  dimension: 'approval-gates',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-7', 'GOV-8', 'GOV-1'],
  why:
    'An approval by the person who asked for it is a click, not a second pair of eyes. ' +
    'An attacker with the account of one approver starts a run with their own code and approves it a minute later, or lets the pipeline’s own role do it. ' +
    'If somebody else has to approve, a second person or account has to be deceived too.',
  measure:
    'Looks at the approvals that take effect on every stage that deploys to production. ' +
    'Passes if each such stage has at least one approval that the one who started the run cannot give. ' +
    'Fails if the requester can give all of them. Fails as well if there is no approval, since then the requester needs nobody: ' +
    'such a stage fails production-needs-approval too, and adding an approval that the requester cannot give mends both. ' +
    'Unknown if that cannot be read, or if nothing says whether a stage is production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/approvals',
      steps: [
        'Open Pipelines > Environments and select the environment that the production stage deploys to.',
        'Open Approvals and checks and edit the approval, or add one.',
        'Clear "Allow approvers to approve their own runs" and save.',
        'For a classic release: in the pre-deployment conditions of the stage select "The user requesting a release or deployment should not approve it".',
      ],
      cli: `az rest --method patch \\
  --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations/<check id>?api-version=7.1-preview.1" \\
  --body '{
    "id": <check id>,
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
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html',
      steps: [
        'Create an IAM role for approvers that allows codepipeline:PutApprovalResult on this approval action only.',
        'Deny codepipeline:StartPipelineExecution on the pipeline to that role.',
        'Remove codepipeline:PutApprovalResult from the roles of developers, of CodePipeline and of CodeBuild.',
        'Add a manual approval action before production if there is none.',
      ],
      cli: `aws iam put-role-policy --role-name <approvers> --policy-name approve-<pipeline> --policy-document '{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "codepipeline:PutApprovalResult",
      "Resource": "arn:aws:codepipeline:<region>:<account>:<pipeline>/<stage>/<approval action>" },
    { "Effect": "Deny", "Action": "codepipeline:StartPipelineExecution",
      "Resource": "arn:aws:codepipeline:<region>:<account>:<pipeline>" }
  ]
}'`,
      terraform: `resource "aws_iam_role_policy" "approve" {
  role = aws_iam_role.<approvers>.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "codepipeline:PutApprovalResult"
        Resource = "\${aws_codepipeline.<pipeline>.arn}/<stage>/<approval action>"
      },
      {
        Effect   = "Deny"
        Action   = "codepipeline:StartPipelineExecution"
        Resource = aws_codepipeline.<pipeline>.arn
      },
    ]
  })
}`,
      template: {
        language: 'cloudformation',
        code: `ReleaseApprovers:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
        - Effect: Allow
          Action: codepipeline:PutApprovalResult
          Resource: !Sub 'arn:\${AWS::Partition}:codepipeline:\${AWS::Region}:\${AWS::AccountId}:<pipeline>/<stage>/<approval>'
        - Effect: Deny
          Action: codepipeline:StartPipelineExecution
          Resource: '*'`,
      },
    },
  },
  needs: ['stages'],
  evaluate: ({ stages }) =>
    judgeProductionStages(stages, EXPECTED, stage =>
      stage.gates.known
        ? [
            judgeApprovals(
              stage,
              stage.gates.value.filter(
                gate => gate.kind === 'approval' && gate.effective,
              ),
            ),
          ]
        : [cannotTell(`stage ${stage.name}`, EXPECTED, stage.gates.reason)],
    ),
});
