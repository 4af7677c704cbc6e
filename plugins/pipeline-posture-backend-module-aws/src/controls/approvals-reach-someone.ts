import {
  defineControl,
  judgeAlerts,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'Approvers are told when an approval waits for them.';

/** Waiting approvals are told to somebody. */
export const approvalsReachSomeone = defineControl({
  id: 'approvals-reach-someone',
  title: 'Somebody is told when an approval is waiting',
  dimension: 'monitoring',
  severity: 'low',
  lifecycle: 'active',
  answers: ['BP7-12', 'GOV-7'],
  why:
    'An approval that nobody hears of is given late and in a hurry, by whoever happens to look, or is taken out because it only holds things up. ' +
    'A message with the change in it makes approving a decision. An attacker counts on a click without a look.',
  measure:
    'Looks at pipelines with a manual approval. Passes if the approval names a topic with confirmed subscribers, or a notification rule or EventBridge rule takes waiting approvals. ' +
    'Fails if none does, or only ones that reach nobody. Unknown if rules cannot be read. Not applicable if the pipeline has no approval.',
  actor: 'service-owner',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/approvals-action-add.html',
      steps: [
        'Open the pipeline, then Edit, and edit the approval action.',
        'Choose an SNS topic that the approvers have subscribed to.',
        'Write into the comment what they should look at, and save.',
      ],
      cli: 'aws sns subscribe --topic-arn <topic ARN> --protocol email --notification-endpoint <address>',
      terraform: `# In the approval action of aws_codepipeline.
configuration = { NotificationArn = aws_sns_topic.<topic>.arn }`,
      template: {
        language: 'cloudformation',
        code: `# In the approval action of AWS::CodePipeline::Pipeline.
Configuration: { NotificationArn: !Ref <topic> }`,
      },
    },
  },
  needs: ['stages', 'alerts'],
  evaluate({ stages, alerts }, { pipeline }) {
    const hasApproval = stages.some(({ units }) =>
      units.some(({ kinds }) => kinds.includes('approval')),
    );
    if (!hasApproval) return notApplicable('This pipeline has no approval.');
    return judgeAlerts(alerts, {
      on: ['approval-needed'],
      subject: pipeline.name,
      expected: EXPECTED,
      told: 'Waiting approvals are told through',
      nothing: 'Nothing tells anybody when an approval waits.',
      nobody: 'What should tell of waiting approvals reaches nobody:',
    });
  },
});
