import {
  defineControl,
  judgeAlerts,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'Somebody is told when a run fails.';

/**
 * Failed runs are told to somebody.
 *
 * @public
 */
export const failuresReachSomeone = defineControl({
  id: 'failures-reach-someone',
  title: 'Somebody is told of failed runs',
  dimension: 'monitoring',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-12'],
  why:
    'A run that fails may be a broken test, or the first trace of somebody who tries what they can do. ' +
    'If nobody is told, a deployment that stopped half-way stays so, and an attacker has all the time they need. ' +
    'An alert that goes to nobody, because its list is empty or switched off, is the same as none.',
  measure:
    'Looks at the alerts on runs of the pipeline: subscriptions, rules, service hooks. ' +
    'Passes if at least one that is told of failures is switched on and has somebody at its other end. ' +
    'Fails if there is none, or only ones that reach nobody. Unknown if they cannot be read. There is no pipeline to which this does not apply.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/organizations/notifications/manage-team-group-global-organization-notifications',
      steps: [
        'Open Project settings > Notifications > New subscription.',
        'Choose Build > A build fails (or Release > A deployment fails), and the team that owns the service.',
        'Add the filter on this pipeline and select Finish.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html',
      steps: [
        'Open the pipeline in the console and choose Notify > Create notification rule.',
        'Select Pipeline execution: Failed, and a topic with subscribers who have confirmed.',
        'Or create an EventBridge rule for CodePipeline with the states FAILED and STOPPED, and the topic as its target.',
      ],
      cli: `aws events put-rule --name pipeline-failures --event-pattern '{
  "source": ["aws.codepipeline"],
  "detail-type": ["CodePipeline Pipeline Execution State Change"],
  "detail": { "state": ["FAILED", "STOPPED"], "pipeline": ["<pipeline>"] }
}'
aws events put-targets --rule pipeline-failures --targets Id=topic,Arn=<topic ARN>`,
      terraform: `resource "aws_codestarnotifications_notification_rule" "failed" {
  name           = "<pipeline>-failed"
  resource       = aws_codepipeline.<pipeline>.arn
  detail_type    = "BASIC"
  event_type_ids = ["codepipeline-pipeline-pipeline-execution-failed"]
  target { address = aws_sns_topic.<topic>.arn }
}`,
      template: {
        language: 'cloudformation',
        code: `FailedRuns:
  Type: AWS::Events::Rule
  Properties:
    EventPattern:
      source: [aws.codepipeline]
      detail-type: [CodePipeline Pipeline Execution State Change]
      detail: { state: [FAILED, STOPPED], pipeline: [!Ref <Pipeline>] }
    Targets: [{ Id: topic, Arn: !Ref <Topic> }]`,
      },
    },
  },
  needs: ['alerts'],
  evaluate: ({ alerts }, { pipeline }) =>
    judgeAlerts(alerts, {
      on: ['failure', 'any-state'],
      subject: pipeline.name,
      expected: EXPECTED,
      told: 'Failed runs are told through',
      nothing: 'Nothing tells anybody when a run of this pipeline fails.',
      nobody: 'What should tell of failed runs reaches nobody:',
    }),
});
