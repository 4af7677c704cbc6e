import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'The build container runs without privileged mode.';

/** No build container is privileged. */
export const buildContainerNotPrivileged = defineControl({
  id: 'build-container-not-privileged',
  title: 'No build container runs in privileged mode',
  dimension: 'identity-separation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-6', 'AZS-9'],
  why:
    'A privileged container is root on the machine that it runs on. ' +
    'An attacker who poisons a dependency of the build gets out of the container, reads what other processes of the machine hold, and changes the result behind the back of the build. ' +
    'Only building container images with Docker needs it.',
  measure:
    'Looks at the build projects that the pipeline runs. Fails if one has privileged mode. Passes if all were read and none has. ' +
    'Unknown if one cannot be read. Not applicable if the pipeline runs no build project.',
  actor: 'service-owner',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codebuild/latest/userguide/create-project.html',
      steps: [
        'Open the build project in the console, then Edit > Environment.',
        'Clear "Enable this flag if you want to build Docker images".',
        'If images are built, do it in a project of its own that does nothing else, or with a builder that needs no daemon (buildah, kaniko).',
      ],
      cli: `aws codebuild update-project --name <project> \\
  --environment type=LINUX_CONTAINER,image=<image>,computeType=BUILD_GENERAL1_SMALL,privilegedMode=false`,
      terraform: `# In environment of aws_codebuild_project.
privileged_mode = false`,
      template: {
        language: 'cloudformation',
        code: `# In Environment of AWS::CodeBuild::Project.
PrivilegedMode: false`,
      },
    },
  },
  needs: ['runners'],
  evaluate({ runners }) {
    if (runners.length === 0)
      return notApplicable('This pipeline runs no build project.');
    return runners.flatMap(({ name, privileged }) =>
      judge(privileged, name, EXPECTED, isPrivileged => ({
        ok: !isPrivileged,
        observed: `The ${name} runs ${
          isPrivileged ? 'in' : 'without'
        } privileged mode.`,
      })),
    );
  },
});
