import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeLeaks } from './leaks';

const EXPECTED =
  'Scripts and pipeline files take secrets from a secret store when they run.';

/**
 * No secret stands in the code of the pipeline.
 *
 * @public
 */
export const noSecretInPipelineCode = defineControl({
  id: 'no-secret-in-pipeline-code',
  title: 'No secret stands in the code of the pipeline',
  dimension: 'credential-type',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-5', 'AZS-8'],
  why:
    'A secret in a pipeline file or script is in every clone of the repository, and in its history for ever. ' +
    'An attacker needs no access to the pipeline: an old laptop or a fork is enough. ' +
    'Taking it out of the file does not help any more; it has to be changed.',
  measure:
    'Looks at pipeline files, templates, build specifications and inline scripts, as far as they can be read. ' +
    'Fails for each place that holds something with the shape of a credential. Passes if all of them were read and none does. ' +
    'Unknown if a place cannot be read and no secret was found. Values of variables and settings are the matter of no-plaintext-secret. ' +
    'What was found is never kept. There is no pipeline to which this does not apply.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/process/set-secret-variables',
      steps: [
        'Change the secret where it was issued: it must be taken for known.',
        'Put the new one into a key vault, and link it through a variable group.',
        'Refer to it as $(name) in the file, mapped into the env of the step that uses it.',
      ],
      cli: `az pipelines variable-group variable create --project <project> --group-id <group id> \\
  --name <name> --secret true`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/security-best-practices.html',
      steps: [
        'Change the secret where it was issued: it must be taken for known.',
        'Put the new one into AWS Secrets Manager.',
        'Refer to it under env/secrets-manager in the build specification, or as a variable of type SECRETS_MANAGER.',
      ],
      cli: `aws secretsmanager create-secret --name <name> --secret-string file://secret.txt`,
      template: {
        language: 'cloudformation',
        code: `# In the build specification.
env:
  secrets-manager:
    DB_PASSWORD: <secret name>:<key>`,
      },
      terraform: `resource "aws_secretsmanager_secret" "database" {
  name = "<secret name>"
}
# In aws_codebuild_project.
source {
  type      = "CODEPIPELINE"
  buildspec = yamlencode({
    version = "0.2"
    env     = { secrets-manager = { DB_PASSWORD = "<secret name>:<key>" } }
    phases  = { build = { commands = ["make release"] } }
  })
}`,
    },
  },
  needs: ['leaks'],
  evaluate({ leaks }, { pipeline }) {
    return judgeLeaks(leaks, {
      in: 'code',
      expected: EXPECTED,
      observed: ({ where, pattern }) =>
        `Something at ${where} has the shape of a secret (${pattern}).`,
      clean: {
        subject: pipeline.name,
        observed:
          'Nothing in the code of this pipeline has the shape of a secret.',
      },
    });
  },
});
