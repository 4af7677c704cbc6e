import { known } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED = 'The build image comes from AWS, or is named by its digest.';

/** Images that AWS makes and keeps up to date. */
const MANAGED = /^aws\/codebuild\//;
const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** Every build image is one of AWS, or pinned. */
export const buildImageIsPinned = defineControl({
  id: 'build-image-is-pinned',
  title: 'Build images come from AWS or are pinned',
  dimension: 'tamper-resistance',
  severity: 'low',
  lifecycle: 'active',
  answers: ['BP7-6', 'AZS-9'],
  why:
    'A tag such as "latest" names another image tomorrow. ' +
    'An attacker who may push to that registry, or who takes over an abandoned name on a public one, gets their code into every build. ' +
    'A digest names one image for ever.',
  measure:
    'Looks at the images of the build projects that the pipeline runs. Passes if each is one that AWS manages, or is named by its digest. Fails otherwise. ' +
    'Unknown if a project cannot be read. Not applicable if the pipeline runs no build project.',
  actor: 'service-owner',
  remediation: {
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html',
      steps: [
        'Choose an image that AWS manages, or copy the own image to Amazon ECR.',
        'Find the digest of the image that was tested.',
        'Set it in the project as <registry>/<repository>@sha256:<digest>.',
      ],
      cli: `aws ecr describe-images --repository-name <repository> --image-ids imageTag=<tag> \\
  --query 'imageDetails[0].imageDigest'`,
      terraform: `# In environment of aws_codebuild_project.
image = "<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>"`,
      template: {
        language: 'cloudformation',
        code: `# In Environment of AWS::CodeBuild::Project.
Image: <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>`,
      },
    },
  },
  needs: ['runners'],
  evaluate({ runners }) {
    if (runners.length === 0)
      return notApplicable('This pipeline runs no build project.');
    return runners.flatMap(({ name, image = known('') }) =>
      judge(image, name, EXPECTED, used => {
        const isManaged = MANAGED.test(used);
        const ok = isManaged || DIGEST.test(used);
        const how = isManaged ? 'which AWS manages' : 'pinned by its digest';
        return {
          ok,
          observed: `The ${name} uses the image ${used}, ${
            ok ? how : 'which can be another one tomorrow'
          }.`,
        };
      }),
    );
  },
});
