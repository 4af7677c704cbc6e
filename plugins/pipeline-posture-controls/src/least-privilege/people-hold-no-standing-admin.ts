import { Editor, unknown } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  judge,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'Administration of the pipeline is taken for a limited time, when it is needed.';

const notTold = ({ principal }: Editor) =>
  unknown<'none' | 'standing' | 'time-bound'>({
    code: 'not-supported',
    message: `Whether ${principal.name} administers the pipeline all the time cannot be read for this kind of pipeline yet.`,
    actor: 'platform-team',
    action: `Check by hand whether ${principal.name} needs standing administration.`,
  });

/**
 * Nobody administers the pipeline all the time.
 *
 * @public
 */
export const peopleHoldNoStandingAdmin = defineControl({
  id: 'people-hold-no-standing-admin',
  title: 'Nobody administers the pipeline all the time',
  dimension: 'least-privilege',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['GOV-2', 'GOV-3', 'SAD-1'],
  why:
    'Who may do everything to a pipeline may also take its approvals and its tests away. ' +
    'If somebody has that right all day, an attacker with their session or key has it too, in the night, unseen. ' +
    'A right that is activated for an hour, with a reason, leaves a trace and a short window.',
  measure:
    'Looks at everybody who can change the pipeline. ' +
    'Fails if a person, group or role for people can do everything to it all the time. ' +
    'Passes if it is known of each that they cannot, or only after activating it for a limited time. ' +
    'Unknown if that cannot be read of one and none of the others fails. There is no pipeline to which this does not apply.',
  actor: 'cloud-administrator',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/entra/id-governance/privileged-identity-management/concept-pim-for-groups',
      steps: [
        'Put an Entra group into Project Administrators or Project Collection Administrators, and take single people out.',
        'Enable Privileged Identity Management for that group and make its members eligible, with approval and a limit of a few hours.',
        'Keep one break-glass account, with alerts on its use.',
      ],
      cli: `az devops security group membership list --id <group descriptor> --output table
az devops security group membership remove --group-id <group descriptor> --member-id <user descriptor>`,
      terraform: `resource "azuredevops_group_membership" "administrators" {
  group   = data.azuredevops_group.project_administrators.descriptor
  members = [data.azuredevops_group.<entra group>.descriptor]
  mode    = "overwrite"
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/singlesignon/latest/userguide/temporary-elevated-access.html',
      steps: [
        'Find the user, group or role in the IAM console and the policy that allows codepipeline:* or everything.',
        'Replace it by rights to look and to start.',
        'Give administration by a permission set of IAM Identity Center that is assigned for a limited time on request.',
      ],
      cli: `aws iam detach-group-policy --group-name <group> \\
  --policy-arn arn:aws:iam::aws:policy/AWSCodePipeline_FullAccess`,
      terraform: `resource "aws_ssoadmin_permission_set" "pipeline_administrator" {
  name             = "PipelineAdministrator"
  instance_arn     = "<instance of IAM Identity Center>"
  session_duration = "PT1H"
}`,
      template: {
        language: 'cloudformation',
        code: `PipelineAdministrator:
  Type: AWS::SSO::PermissionSet
  Properties:
    InstanceArn: <instance of IAM Identity Center>
    Name: PipelineAdministrator
    SessionDuration: PT1H`,
      },
    },
  },
  needs: ['editors'],
  evaluate({ editors }, { pipeline }) {
    const instances = editors.flatMap(editor => {
      const { principal, administration = notTold(editor) } = editor;
      return judge(administration, principal.name, EXPECTED, kind => ({
        ok: kind !== 'standing',
        observed: {
          none: `${principal.name} can change the pipeline, but does not administer it.`,
          standing: `${
            principal.name
          } can do everything to the pipeline all the time (${editor.rights.join(
            ', ',
          )}).`,
          'time-bound': `${principal.name} administers the pipeline only after activating it for a limited time.`,
        }[kind],
      }));
    });
    return instances.length > 0
      ? instances
      : [
          pass({
            subject: pipeline.name,
            observed: 'No person can change this pipeline.',
            expected: EXPECTED,
          }),
        ];
  },
});
