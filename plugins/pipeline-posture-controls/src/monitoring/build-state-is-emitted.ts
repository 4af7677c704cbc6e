import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeAudit } from './auditQuestion';

const EXPECTED =
  'Builds leave logs, state events and a statement of what is in the result.';

/**
 * Builds leave behind what it takes to check them.
 *
 * @public
 */
export const buildStateIsEmitted = defineControl({
  id: 'build-state-is-emitted',
  title: 'Builds leave behind what it takes to check them',
  dimension: 'monitoring',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-6'],
  why:
    'Whether a build environment was tampered with can only be told from what it left behind: its log, its states, a list of what went into the result, a signature. ' +
    'Without them nobody can say afterwards which releases contain a poisoned package. ' +
    'An attacker changes the result between build and deployment, and it looks like any other.',
  measure:
    'Passes if builds keep logs, their states are sent to somebody or something, and a bill of materials or a signature is made. ' +
    'Fails if one of these is known to be missing. Unknown if one cannot be read, such as commands that stand in a repository. ' +
    'There is no pipeline to which this does not apply.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/run-retention',
      steps: [
        'Keep the logs of production runs by a retention policy or a lease.',
        'Add a step that makes a bill of materials, and publish it with the artifact.',
        'Sign the artifact, and check the signature in the job that deploys.',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{"publishPipelineMetadata":true}'`,
      terraform: `resource "azuredevops_project_pipeline_settings" "project" {
  project_id = azuredevops_project.<project>.id
  publish_pipeline_metadata = true
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html',
      steps: [
        'Turn on CloudWatch logs or S3 logs in each build project.',
        'Create an EventBridge rule for "CodeBuild Build State Change" with a target that keeps the events.',
        'Add an action that makes a bill of materials (InspectorScan, or a tool such as syft) or signs what is built.',
      ],
      cli: `aws events put-rule --name build-states --event-pattern '{
  "source": ["aws.codebuild"],
  "detail-type": ["CodeBuild Build State Change"]
}'`,
      terraform: `resource "aws_cloudwatch_event_rule" "build_states" {
  name = "build-states"
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail-type = ["CodeBuild Build State Change"]
  })
}
resource "aws_cloudwatch_event_target" "build_states" {
  rule = aws_cloudwatch_event_rule.build_states.name
  arn  = aws_sns_topic.<topic>.arn
}`,
      template: {
        language: 'cloudformation',
        code: `BuildStates:
  Type: AWS::Events::Rule
  Properties:
    EventPattern:
      source: [aws.codebuild]
      detail-type: [CodeBuild Build State Change]
    Targets:
      - { Id: topic, Arn: !Ref BuildStatesTopic }`,
      },
    },
  },
  needs: ['audit'],
  evaluate: ({ audit }, { pipeline }) =>
    judgeAudit(audit, 'buildStateEmitted', pipeline.name, EXPECTED, {
      yes: 'Builds leave behind what it takes to check them',
      no: 'Builds do not leave behind what it takes to check them',
    }),
});
