import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeAudit } from './auditQuestion';

const EXPECTED =
  'Something reviews which rights the pipeline uses, and those that it does not use are taken back.';

/**
 * The rights of the pipeline are reviewed.
 *
 * @public
 */
export const permissionsAreReviewed = defineControl({
  id: 'permissions-are-reviewed',
  title: 'The rights of the pipeline are reviewed',
  dimension: 'monitoring',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-8', 'BP7-11', 'SAD-3'],
  why:
    'Rights are added when something does not work, and hardly ever removed. ' +
    'After two years a pipeline can do things that nobody remembers giving it, and an attacker finds them sooner than its owner. ' +
    'A review that compares what is allowed with what is used finds them first.',
  measure:
    'Passes if a review of unused rights is in place and finds nothing for the identities of this pipeline. ' +
    'Fails if there is none, or if it has found rights that this pipeline does not use. Unknown if that cannot be read. ' +
    'There is no pipeline to which this does not apply.',
  actor: 'security-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/entra/id-governance/access-reviews-overview',
      steps: [
        'Create an access review for the groups that hold rights on the project, repeating each quarter.',
        'Review the role assignments of the service principals of its service connections in the same rhythm.',
        'Delete service connections that no run has used.',
      ],
      cli: `az pipelines list --project <project> --output table
az pipelines delete --project <project> --id <pipeline id>
az devops service-endpoint delete --project <project> --id <unused connection id>`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-create-unused.html',
      steps: [
        'Open IAM > Access Analyzer > Create analyzer, and choose unused access analysis.',
        'Open its findings on the roles of this pipeline, and remove what they list.',
      ],
      cli: `aws accessanalyzer create-analyzer --analyzer-name unused-access --type ACCOUNT_UNUSED_ACCESS \\
  --configuration '{"unusedAccess":{"unusedAccessAge":90}}'
aws accessanalyzer list-findings-v2 --analyzer-arn <analyzer ARN>`,
      terraform: `resource "aws_accessanalyzer_analyzer" "unused" {
  analyzer_name = "unused-access"
  type          = "ACCOUNT_UNUSED_ACCESS"
  configuration {
    unused_access { unused_access_age = 90 }
  }
}`,
      template: {
        language: 'cloudformation',
        code: `UnusedAccess:
  Type: AWS::AccessAnalyzer::Analyzer
  Properties:
    Type: ACCOUNT_UNUSED_ACCESS
    AnalyzerConfiguration:
      UnusedAccessConfiguration: { UnusedAccessAge: 90 }`,
      },
    },
  },
  needs: ['audit'],
  evaluate: ({ audit }, { pipeline }) =>
    judgeAudit(audit, 'permissionsReviewed', pipeline.name, EXPECTED, {
      yes: 'The rights of this pipeline are reviewed',
      no: 'The rights of this pipeline are not reviewed, or more than it uses',
    }),
});
