import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeAudit } from './auditQuestion';

const EXPECTED =
  'Every change to the pipeline is recorded where the people who make it cannot remove it.';

/**
 * Changes to the pipeline are recorded out of its reach.
 *
 * @public
 */
export const changesAreRecorded = defineControl({
  id: 'changes-are-recorded',
  title: 'Changes to the pipeline are recorded out of its reach',
  dimension: 'monitoring',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-10', 'SAD-3'],
  why:
    'After an incident the first question is who changed what, and when. ' +
    'If nothing recorded it, or the record can be deleted by those whom it is about, there is no answer, and nobody can tell what else was changed. ' +
    'An attacker takes an approval away, releases, and puts it back; without a record that never happened.',
  measure:
    'Passes if changes to pipelines are recorded and kept outside of what the pipeline’s own people can reach. ' +
    'Fails if it is known that they are not. Unknown if that cannot be read. There is no pipeline to which this does not apply.',
  actor: 'cloud-administrator',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/organizations/audit/auditing-streaming',
      steps: [
        'Open Organization settings > Policies and turn on Log Audit Events.',
        'Open Organization settings > Auditing > Streams > New stream.',
        'Choose Azure Monitor Logs, Splunk or Event Grid, in a subscription that builders cannot change.',
      ],
      cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://auditservice.dev.azure.com/<organisation>/_apis/audit/streams?api-version=7.1-preview.1"`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html',
      steps: [
        'Open CloudTrail > Trails > Create trail, best in the management account for the whole organisation.',
        'Choose all regions, management events for read and write, and log file validation.',
        'Let the bucket be in an account that builders cannot reach.',
      ],
      cli: `aws cloudtrail create-trail --name <trail> --s3-bucket-name <bucket> \\
  --is-multi-region-trail --enable-log-file-validation
aws cloudtrail start-logging --name <trail>`,
      terraform: `resource "aws_cloudtrail" "all" {
  name                       = "<trail>"
  s3_bucket_name             = "<bucket>"
  is_multi_region_trail      = true
  enable_log_file_validation = true
}`,
      template: {
        language: 'cloudformation',
        code: `Trail:
  Type: AWS::CloudTrail::Trail
  Properties:
    S3BucketName: <bucket>
    IsLogging: true
    IsMultiRegionTrail: true
    EnableLogFileValidation: true`,
      },
    },
  },
  needs: ['audit'],
  evaluate: ({ audit }, { pipeline }) =>
    judgeAudit(audit, 'changesRecorded', pipeline.name, EXPECTED, {
      yes: 'Changes to the pipeline are recorded',
      no: 'Changes to the pipeline are not recorded',
    }),
});
