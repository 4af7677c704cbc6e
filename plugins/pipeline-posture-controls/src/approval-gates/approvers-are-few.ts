import {
  FindingInstance,
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
  'A small group or named people approve, not a group that practically every builder is in.';

function judgeStage(stage: Stage): FindingInstance {
  const subject = `stage ${stage.name}`;
  if (!stage.gates.known) {
    return cannotTell(subject, EXPECTED, stage.gates.reason);
  }
  const { evidence } = stage.gates;
  const approvals = stage.gates.value.filter(
    ({ kind, effective }) => kind === 'approval' && effective,
  );
  // Every approval must be given, so one that only few can give is enough.
  const withoutBroad = approvals.filter(
    ({ approvers }) => !approvers.some(({ broad }) => broad),
  );
  const narrow = withoutBroad.find(gate => !gate.approversUnread);
  if (narrow) {
    const names = narrow.approvers.map(({ name }) => name).join(', ');
    return pass({
      subject,
      observed: `"${narrow.name}" on ${narrow.on} is given by ${
        names || 'people that are named there'
      }.`,
      expected: EXPECTED,
      evidence,
      url: narrow.url,
    });
  }
  const unread = withoutBroad.find(gate => gate.approversUnread);
  if (unread?.approversUnread) {
    return cannotTell(subject, EXPECTED, unread.approversUnread);
  }
  const broad = approvals.flatMap(({ approvers }) =>
    approvers.filter(each => each.broad).map(({ name }) => name),
  );
  return fail({
    subject,
    observed:
      approvals.length === 0
        ? `Nobody has to approve before stage ${stage.name} deploys.`
        : `Practically every builder can approve for stage ${
            stage.name
          }: ${broad.join(', ')}.`,
    expected: EXPECTED,
    evidence,
    url: approvals[0]?.url ?? stage.url,
  });
}

/**
 * Few people can approve a deployment to production.
 *
 * @public
 */
export const approversAreFew = defineControl({
  id: 'approvers-are-few',
  title: 'Few people can approve a deployment to production',
  dimension: 'approval-gates',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['GOV-3', 'GOV-1'],
  why:
    'An approval that everybody can give is given by whoever is at hand. ' +
    'An attacker needs the account of any one builder to wave the deployment through. ' +
    'With a few named approvers there are few accounts to guard, and they know that it is up to them.',
  measure:
    'Looks at the approvals that take effect on every stage that deploys to production. ' +
    'Passes if one of them cannot be given by a group that practically every builder is in. ' +
    'Fails if such a group can give each of them. Fails as well if there is no approval; adding one of a small group mends both. ' +
    'Unknown if approvals cannot be read, or if nothing says whether a stage is production and that would decide. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/approvals',
      steps: [
        'Create a group with the few people who may release the service.',
        'Open the environment, then Approvals and checks, and edit the approval.',
        'Replace the broad group with the new one and save.',
      ],
      cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations?resourceType=environment&resourceId=<environment id>&\\$expand=settings&api-version=7.1-preview.1"`,
      terraform: `resource "azuredevops_check_approval" "production" {
  project_id           = azuredevops_project.<project>.id
  target_resource_id   = azuredevops_environment.production.id
  target_resource_type = "environment"
  approvers            = [azuredevops_group.release_approvers.origin_id]
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-iam-permissions.html',
      steps: [
        'Create a role for approvers that may call codepipeline:PutApprovalResult on this approval action only.',
        'Remove AWSCodePipelineApproverAccess and AWSCodePipeline_FullAccess from all other roles and groups.',
      ],
      cli: `# Who holds the right for every pipeline of the account.
aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AWSCodePipelineApproverAccess
aws iam list-entities-for-policy --policy-arn arn:aws:iam::aws:policy/AWSCodePipeline_FullAccess`,
      terraform: `data "aws_iam_policy_document" "approve_release" {
  statement {
    actions   = ["codepipeline:PutApprovalResult"]
    resources = ["\${aws_codepipeline.<pipeline>.arn}/<stage>/<approval>"]
  }
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
          Resource: !Sub 'arn:\${AWS::Partition}:codepipeline:\${AWS::Region}:\${AWS::AccountId}:<pipeline>/<stage>/<approval>'`,
      },
    },
  },
  needs: ['stages'],
  evaluate: ({ stages }) =>
    judgeProductionStages(stages, EXPECTED, stage => [judgeStage(stage)]),
});
