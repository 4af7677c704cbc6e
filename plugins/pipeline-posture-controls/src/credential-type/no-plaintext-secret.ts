import { defineControl } from 'backstage-plugin-pipeline-posture-node';
import { judgeLeaks } from './leaks';

const EXPECTED =
  'The value is marked as secret, or comes from a secret store when the run needs it.';

/**
 * No variable or setting of the pipeline holds a readable secret.
 *
 * @public
 */
export const noPlaintextSecret = defineControl({
  id: 'no-plaintext-secret',
  title: 'No setting of the pipeline holds a readable secret',
  dimension: 'credential-type',
  severity: 'critical',
  lifecycle: 'active',
  answers: ['BP7-5', 'AZS-8'],
  why:
    'A plain variable can be read by everybody who may look at the pipeline, and often stands in its logs. ' +
    'An attacker with the weakest account of the team opens the settings, copies the password or key, and uses it from outside. ' +
    'Once it was readable, it is no secret any more: it has to be changed, not only hidden.',
  measure:
    'Looks at the variables, parameters and settings of the pipeline and at the variable groups and build projects that it uses. ' +
    'Fails for each value that is not marked as secret and that has the shape of a credential, or whose name says that it is one. ' +
    'Passes if all of them were read and none looks so. Unknown if a place cannot be read and no secret was found. ' +
    'Values in pipeline code and scripts are the matter of no-secret-in-pipeline-code. ' +
    'The values themselves are never kept. There is no pipeline to which this does not apply.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/secrets',
      steps: [
        'Issue a new credential where it comes from and revoke the old one: it has been readable.',
        'Store the new one in Azure Key Vault and link it with a variable group, or mark the variable as secret with the padlock.',
        'Where the pipeline can use a service connection with federation, remove the variable altogether.',
      ],
      cli: `# Asks for the new value, so that it does not end up in the history of the shell.
az pipelines variable update --pipeline-id <pipeline id> --name <variable> \\
  --secret true --prompt-value true
az pipelines variable-group variable update --group-id <group id> --name <variable> \\
  --secret true --prompt-value true`,
      terraform: `resource "azuredevops_variable_group" "secrets" {
  project_id   = azuredevops_project.<project>.id
  name         = "<group>"
  allow_access = false
  key_vault {
    name                = "<key vault>"
    service_endpoint_id = azuredevops_serviceendpoint_azurerm.<connection>.id
  }
  variable {
    name = "<secret name in the key vault>"
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/security-best-practices.html',
      steps: [
        'Issue a new credential where it comes from and revoke the old one: it has been readable.',
        'Store the new one in Secrets Manager.',
        'In the environment of the CodeBuild project or action, set the type of the variable to Secrets Manager and its value to the name of the secret.',
        'Where it is an AWS access key, remove it: the service role takes its place.',
        'Remove the value from the action configuration and from the default values of pipeline variables.',
      ],
      cli: `aws secretsmanager create-secret --name <secret> --secret-string file://new-value.txt
aws codebuild batch-get-projects --names <project> \\
  --query "projects[].environment.environmentVariables[?type=='PLAINTEXT'].name"`,
      terraform: `# In environment of aws_codebuild_project.
environment_variable {
  name  = "<variable>"
  type  = "SECRETS_MANAGER"
  value = aws_secretsmanager_secret.<secret>.name
}`,
      template: {
        language: 'cloudformation',
        code: `# In Environment of AWS::CodeBuild::Project.
EnvironmentVariables:
  - Name: <variable>
    Type: SECRETS_MANAGER
    Value: <secret>`,
      },
    },
  },
  needs: ['leaks'],
  evaluate({ leaks }, { pipeline }) {
    return judgeLeaks(leaks, {
      in: 'setting',
      expected: EXPECTED,
      observed: ({ where, pattern }) =>
        `The value at ${where} can be read by everybody who sees the pipeline (${pattern}).`,
      clean: {
        subject: pipeline.name,
        observed:
          'No variable or setting of this pipeline looks like a secret.',
      },
    });
  },
});
