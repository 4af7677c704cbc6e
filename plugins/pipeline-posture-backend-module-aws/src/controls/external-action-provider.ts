import {
  defineProviderControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsFacts } from '../normalize/providerFacts';

const EXPECTED = 'Every action runs on AWS, with a role that AWS shows.';

/** No action is run by a worker outside of AWS. */
export const externalActionProvider = defineProviderControl<AwsFacts>()({
  id: 'external-action-provider',
  title: 'No action is run by a worker outside of AWS',
  dimension: 'credential-type',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-9', 'BP7-5'],
  why:
    'A custom or partner action is run by a worker that fetches jobs with a credential of its own, often an access key on a server. ' +
    'AWS shows neither the machine nor the key. ' +
    'An attacker on that server takes the artifacts of the pipeline and reports success for whatever they like.',
  measure:
    'Looks at the owner of each action. Fails for each that is Custom, or ThirdParty other than a GitHub source. ' +
    'Passes if all of them are actions of AWS. Unknown if the definition cannot be read. There is no pipeline to which this does not apply.',
  actor: 'service-owner',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/security-best-practices.html',
      steps: [
        'Move the work of the action to CodeBuild or to another managed action.',
        'If the worker must stay, run it on EC2 with an instance profile instead of an access key, and allow it only codepipeline:PollForJobs and the results of its own jobs.',
      ],
      cli: 'aws codepipeline list-action-types --action-owner-filter Custom',
      terraform: `# In place of the custom action.
action {
  name            = "EndToEnd"
  category        = "Test"
  owner           = "AWS"
  provider        = "CodeBuild"
  version         = "1"
  input_artifacts = ["Package"]
  configuration   = { ProjectName = aws_codebuild_project.<project>.name }
}`,
      template: {
        language: 'cloudformation',
        code: `# In place of the custom action.
- Name: EndToEnd
  ActionTypeId: { Category: Test, Owner: AWS, Provider: CodeBuild, Version: '1' }
  InputArtifacts: [{ Name: Package }]
  Configuration: { ProjectName: !Ref EndToEndProject }`,
      },
    },
  },
  needs: [],
  needsOfProvider: ['externalActions'],
  evaluate({ provider: { externalActions } }, { pipeline }) {
    if (externalActions.length === 0) {
      return [
        pass({
          subject: pipeline.name,
          observed: 'All actions of this pipeline are managed by AWS.',
          expected: EXPECTED,
        }),
      ];
    }
    return externalActions.map(({ name, stage, provider }) =>
      fail({
        subject: `action ${name} of stage ${stage}`,
        observed: `Action ${name} is run by a worker of ${provider}, whose credential AWS does not show.`,
        expected: EXPECTED,
      }),
    );
  },
});
