import { reachesProduction } from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'At least one security test runs before anything gets to production.';

/**
 * Something looks for security problems before production.
 *
 * @public
 */
export const securityTestRunsBeforeProduction = defineControl({
  id: 'security-test-runs-before-production',
  title: 'A security test runs before production',
  dimension: 'tamper-resistance',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-2', 'BP7-1'],
  why:
    'Code, dependencies and images change with every run, and so do the holes in them. ' +
    'Where nothing looks for them, an attacker only has to wait until a known hole or a leaked key gets deployed, or puts one there. ' +
    'A scan in the pipeline finds those that are public knowledge.',
  measure:
    'Applies to pipelines that deploy to production. ' +
    'Passes if a step or action that looks for security problems must have finished before production. ' +
    'Fails if there is none, or if it only runs beside or after the deployment. ' +
    'Unknown if the steps cannot be read, or if nothing says whether a stage is production. ' +
    'Not applicable if it is known that no stage deploys to production.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/defender-for-cloud/configure-azure-devops-extension',
      steps: [
        'Add a scan to the build stage, for example the task MicrosoftSecurityDevOps@1 with break: true.',
        'Let every stage that deploys depend on that stage.',
        'Better: put it into a template that the pipeline must extend.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html',
      steps: [
        'Add an InspectorScan action, or a CodeBuild test action that runs a scanner, before the first stage that deploys to production.',
        'Set its thresholds so that it fails on critical and high findings.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Add an InspectorScan action to a stage before the production stage.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In a stage of aws_codepipeline before the production stage.
action {
  name            = "SecurityScan"
  category        = "Invoke"
  owner           = "AWS"
  provider        = "InspectorScan"
  version         = "1"
  input_artifacts = ["Source"]
  configuration = {
    InspectorRunMode  = "SourceCodeScan"
    CriticalThreshold = "0"
    HighThreshold     = "0"
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In the actions of a stage before the production stage.
- Name: SecurityScan
  ActionTypeId: { Category: Invoke, Owner: AWS, Provider: InspectorScan, Version: '1' }
  InputArtifacts: [{ Name: Source }]
  Configuration:
    InspectorRunMode: SourceCodeScan
    CriticalThreshold: '0'
    HighThreshold: '0'`,
      },
    },
  },
  needs: ['stages', 'securityTests'],
  evaluate({ stages, securityTests }, { pipeline }) {
    const reaches = reachesProduction({
      stages: { known: true, value: stages, evidence: [] },
    });
    if (reaches === 'no') {
      return notApplicable('No stage of this pipeline deploys to production.');
    }
    const subject = `pipeline ${pipeline.name}`;
    const undecided = stages
      .filter(({ deploys }) => deploys)
      .flatMap(({ tier }) => (tier.known ? [] : [tier.reason]));
    // Whether it applies at all must be known before it can pass or fail.
    if (reaches === 'unknown')
      return [cannotTell(subject, EXPECTED, undecided[0])];
    const early = securityTests.find(
      ({ beforeProduction }) =>
        beforeProduction.known && beforeProduction.value,
    );
    if (early) {
      return [
        pass({
          subject,
          observed: `${early.tool} (${early.name}) runs before production.`,
          expected: EXPECTED,
          evidence: [{ source: 'pipeline code', location: early.location }],
        }),
      ];
    }
    for (const { beforeProduction } of securityTests) {
      if (!beforeProduction.known) {
        return [cannotTell(subject, EXPECTED, beforeProduction.reason)];
      }
    }
    return [
      fail({
        subject,
        observed:
          securityTests.length === 0
            ? 'No step of this pipeline looks for security problems.'
            : `${securityTests
                .map(({ tool }) => tool)
                .join(', ')} runs too late to keep anything from production.`,
        expected: EXPECTED,
        url: pipeline.url,
      }),
    ];
  },
});
