import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'Those whose code is tested can neither change the test nor take it out.';

/**
 * Builders cannot edit the tests that judge their own code.
 *
 * @public
 */
export const securityTestNotEditableByBuilders = defineControl({
  id: 'security-test-not-editable-by-builders',
  title: 'Builders cannot edit or remove the security tests',
  dimension: 'tamper-resistance',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-2', 'AZS-7'],
  why:
    'A test that the tested person may edit protects against mistakes, not against intent. ' +
    'An attacker who gets a change into the repository deletes the scan in the same commit, or weakens it by one option. ' +
    'A test that stands in a template of others, and that nothing can be deployed without, survives that.',
  measure:
    'Looks at every step that looks for security problems. ' +
    'Passes if it stands where builders cannot change it and the way to production cannot go without it. ' +
    'Fails if it stands in the builders’ own file, in a definition that broad groups can edit, or in a template that builders can leave out. ' +
    'Unknown if that cannot be read. ' +
    'Not applicable if the pipeline has no such step, which security-test-runs-before-production judges.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/templates',
      steps: [
        'Put the scans into a template in a repository of its own, with branch policies that builders cannot bypass.',
        'Let the pipeline extend that template.',
        'Add the check "Required template" with it to the production environment and service connection.',
      ],
      cli: `az rest --method get --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/checks/configurations?resourceType=environment&resourceId=<environment id>&\\$expand=settings&api-version=7.1-preview.1"`,
      terraform: `resource "azuredevops_check_required_template" "production" {
  project_id           = azuredevops_project.<project>.id
  target_resource_id   = azuredevops_environment.production.id
  target_resource_type = "environment"
  required_template {
    repository_type = "azuregit"
    repository_name = "<project>/<template repository>"
    repository_ref  = "refs/heads/main"
    template_path   = "<template>.yml"
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeBuild.html',
      steps: [
        'Keep the buildspec of the test inline in the build project, in a bucket that builders cannot write to, or in a second source.',
        'Let only the role that deploys infrastructure as code change the project and the pipeline.',
      ],
      cli: `# Reads the commands from the project instead of the repository.
aws codebuild update-project --name <project> \\
  --source "$(jq -n --rawfile spec security-scan.yml '{type:"CODEPIPELINE",buildspec:$spec}')"`,
      terraform: `# In aws_codebuild_project; the file stands beside this one, not in the repository that is tested.
source {
  type      = "CODEPIPELINE"
  buildspec = file("security-scan.yml")
}`,
      template: {
        language: 'cloudformation',
        code: `# In Properties of AWS::CodeBuild::Project.
Source:
  Type: CODEPIPELINE
  BuildSpec: |
    version: 0.2
    phases:
      build:
        commands:
          - semgrep scan --error`,
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
    return securityTests.flatMap(
      ({ name, tool, editableByBuilders, location }) =>
        judge(
          editableByBuilders,
          `security test ${name}`,
          EXPECTED,
          editable => ({
            ok: !editable,
            observed: editable
              ? `Builders can change or take out ${tool} (${name})${
                  location ? ` in ${location.repository}, ${location.file}` : ''
                }.`
              : `Builders can neither change nor take out ${tool} (${name}).`,
          }),
        ),
    );
  },
});
