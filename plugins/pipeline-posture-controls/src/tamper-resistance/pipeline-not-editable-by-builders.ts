import {
  defineControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'No group that practically every builder is in can change the pipeline’s definition.';

/**
 * Builders cannot change the settings of the pipeline that judges and deploys their code.
 *
 * @public
 */
export const pipelineNotEditableByBuilders = defineControl({
  id: 'pipeline-not-editable-by-builders',
  title: 'Builders cannot change the pipeline’s definition',
  dimension: 'tamper-resistance',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-2', 'GOV-1', 'SAD-1'],
  why:
    'Triggers, variables, the file that is run and who may run it stand in the definition, outside of code review. ' +
    'An attacker with any builder’s account points the pipeline at another file or branch, adds a variable, or takes out a task. ' +
    'No pull request shows it.',
  measure:
    'Looks at who can edit, delete or administer the pipeline and the task groups that it runs. ' +
    'Fails if a group that practically every builder is in can. Passes if only named people and small groups can. ' +
    'Unknown if the permissions cannot be read.',
  actor: 'platform-team',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/policies/permissions',
      steps: [
        'Open the pipeline, then Manage security in its menu.',
        'For Contributors and other broad groups set "Edit build pipeline", "Delete build pipeline" and "Administer build permissions" to "Deny".',
        'Give the same permissions to the small group that answers for the pipeline.',
        'For task groups do the same under Pipelines > Task groups > Security.',
      ],
      cli: `az devops security permission update --namespace-id 33344d9c-fc72-4d6f-aba5-fa317101a7e9 \\
  --token <project id>/<pipeline id> --subject <group descriptor> --deny-bit 22528
# 22528 = AdministerBuildPermissions 16384 + DeleteBuildDefinition 4096 + EditBuildDefinition 2048`,
      terraform: `resource "azuredevops_build_definition_permissions" "builders" {
  project_id          = azuredevops_project.<project>.id
  build_definition_id = azuredevops_build_definition.<pipeline>.id
  principal           = data.azuredevops_group.contributors.id
  permissions = {
    EditBuildDefinition        = "Deny"
    DeleteBuildDefinition      = "Deny"
    AdministerBuildPermissions = "Deny"
  }
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/security_iam_id-based-policy-examples.html',
      steps: [
        'Remove codepipeline:UpdatePipeline and codebuild:UpdateProject from the roles of builders.',
        'Change pipelines and projects only with the role that deploys infrastructure as code.',
      ],
      cli: `# Shows who may change it.
aws iam simulate-principal-policy --policy-source-arn <role of the developers> \\
  --action-names codepipeline:UpdatePipeline codebuild:UpdateProject codebuild:StartBuild`,
      terraform: `# Attach it to the roles of the developers; changes come through infrastructure as code.
data "aws_iam_policy_document" "no_pipeline_changes" {
  statement {
    effect = "Deny"
    actions = [
      "codepipeline:UpdatePipeline",
      "codepipeline:DeletePipeline",
      "codebuild:UpdateProject",
      "codebuild:UpdateWebhook",
    ]
    resources = ["*"]
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# Attach it to the roles of the developers; changes come through infrastructure as code.
NoPipelineChanges:
  Type: AWS::IAM::ManagedPolicy
  Properties:
    PolicyDocument:
      Version: '2012-10-17'
      Statement:
        - Effect: Deny
          Action:
            - codepipeline:UpdatePipeline
            - codepipeline:DeletePipeline
            - codebuild:UpdateProject
            - codebuild:UpdateWebhook
          Resource: '*'`,
      },
    },
  },
  needs: ['editors'],
  evaluate({ editors }, { pipeline }) {
    const broad = editors.filter(({ principal }) => principal.broad);
    const subject = `pipeline ${pipeline.name}`;
    if (broad.length === 0) {
      return [
        pass({
          subject,
          observed: `${editors.length} named ${
            editors.length === 1 ? 'principal' : 'principals'
          } can change the pipeline, and no broad group.`,
          expected: EXPECTED,
          url: pipeline.url,
        }),
      ];
    }
    return broad.map(({ principal, rights }) =>
      fail({
        subject,
        observed: `${principal.name} can change the pipeline: ${rights.join(
          ', ',
        )}.`,
        expected: EXPECTED,
        evidence: [
          {
            source: 'permissions of the pipeline',
            field: principal.name,
            observed: rights.join(', '),
          },
        ],
        url: pipeline.url,
      }),
    );
  },
});
