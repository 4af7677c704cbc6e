import {
  defineControl,
  judgeAlerts,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'Somebody is told when the pipeline or its gates are changed.';

/** Changes to the pipeline are told to somebody. */
export const changesAreAlerted = defineControl({
  id: 'changes-are-alerted',
  title: 'Somebody is told when the pipeline is changed',
  dimension: 'monitoring',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-10', 'BP7-12'],
  why:
    'A record that nobody reads tells of an attack weeks later. ' +
    'An attacker who takes an approval out of the pipeline needs ten minutes; a message to the owners at that moment is the only thing that can stop them in time.',
  measure:
    'Passes if an enabled EventBridge rule with somebody at its other end takes the API calls that change this pipeline (UpdatePipeline through CloudTrail). ' +
    'Fails if there is none, or only ones that reach nobody. Unknown if rules cannot be read. There is no pipeline to which this does not apply.',
  actor: 'platform-team',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-codepipeline.html',
      steps: [
        'Open EventBridge > Rules > Create rule on the default bus.',
        'Choose CodePipeline and "AWS API Call via CloudTrail", with the operations UpdatePipeline, DeletePipeline, PutApprovalResult, DisableStageTransition, EnableStageTransition and OverrideStageCondition.',
        'Choose a topic with confirmed subscribers as the target.',
      ],
      cli: `aws events put-rule --name pipeline-changes --event-pattern '{
  "source": ["aws.codepipeline"],
  "detail-type": ["AWS API Call via CloudTrail"],
  "detail": { "eventName": ["UpdatePipeline", "DeletePipeline", "PutApprovalResult", "OverrideStageCondition"] }
}'`,
      terraform: `resource "aws_cloudwatch_event_rule" "pipeline_changes" {
  name = "pipeline-changes"
  event_pattern = jsonencode({
    source        = ["aws.codepipeline"]
    "detail-type" = ["AWS API Call via CloudTrail"]
    detail        = { eventName = ["UpdatePipeline", "DeletePipeline", "PutApprovalResult"] }
  })
}`,
      template: {
        language: 'cloudformation',
        code: `PipelineChanges:
  Type: AWS::Events::Rule
  Properties:
    EventPattern:
      source: [aws.codepipeline, aws.codebuild]
      detail-type: [AWS API Call via CloudTrail]
      detail:
        eventName:
          - UpdatePipeline
          - DeletePipeline
          - PutApprovalResult
          - EnableStageTransition
          - DisableStageTransition
          - OverrideStageCondition
          - UpdateProject
          - UpdateWebhook
    Targets:
      - { Id: topic, Arn: !Ref AlertsTopic }`,
      },
    },
  },
  needs: ['alerts'],
  evaluate: ({ alerts }, { pipeline }) =>
    judgeAlerts(alerts, {
      on: ['pipeline-change'],
      subject: pipeline.name,
      expected: EXPECTED,
      told: 'Changes are told through',
      nothing: 'Nothing tells anybody when this pipeline is changed.',
      nobody: 'What should tell of changes reaches nobody:',
    }),
});
