import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'What the test finds can stop the release.';

/**
 * A security test that finds something keeps the change from being released.
 *
 * @public
 */
export const securityTestCanStopTheRelease = defineControl({
  id: 'security-test-can-stop-the-release',
  title: 'Security tests can stop the release',
  dimension: 'tamper-resistance',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-2', 'BP7-12'],
  why:
    'A scan whose failure is ignored produces reports, not safety. ' +
    'An attacker’s change is found, written down and deployed all the same. ' +
    'Steps get switched off or made optional "for now", and nobody remembers.',
  measure:
    'Looks at every step that looks for security problems. ' +
    'Passes if its failure stops the run. ' +
    'Fails if it is switched off, optional, under a condition, or told to succeed whatever it finds. ' +
    'Unknown if another system decides that. ' +
    'Not applicable if the pipeline has no such step, which security-test-runs-before-production judges.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/tasks',
      steps: [
        'Remove continueOnError, enabled: false and conditions from the step.',
        'Tell the scanner to fail: break: true for MicrosoftSecurityDevOps, --exit-code 1 for trivy.',
        'Remove "|| true" from scripts.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-InspectorScan.html',
      steps: [
        'Set CriticalThreshold and HighThreshold of InspectorScan.',
        'Remove "on-failure: CONTINUE" and "|| true" from the buildspec of the test.',
        'Put the test into a stage before the one that deploys.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Set CriticalThreshold and HighThreshold of the scan, and place it before the production stage.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In a stage of aws_codepipeline before the production stage: above a threshold the run fails.
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
        code: `# In the actions of a stage before the production stage: above a threshold the run fails.
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
  needs: ['securityTests'],
  evaluate({ securityTests }) {
    if (securityTests.length === 0) {
      return notApplicable(
        'No step of this pipeline looks for security problems.',
      );
    }
    return securityTests.flatMap(({ name, tool, blocking }) =>
      judge(blocking, `security test ${name}`, EXPECTED, stops => {
        const why = blocking.known && blocking.evidence[0]?.observed;
        return {
          ok: stops,
          observed: stops
            ? `${tool} (${name}) can stop the release.`
            : `${tool} (${name}) cannot stop the release${
                why ? `: ${why}` : ''
              }.`,
        };
      }),
    );
  },
});
