import {
  defineControl,
  judge,
  notApplicable,
} from 'backstage-plugin-pipeline-posture-node';
import { identitiesOf, mayDeploy, titleOf } from '../identities';

const EXPECTED =
  'The unit that builds or tests can use no identity that deploys.';

/**
 * The units that run the code of the repository cannot use an identity that deploys.
 *
 * @public
 */
export const buildCannotUseTheDeployIdentity = defineControl({
  id: 'build-cannot-use-the-deploy-identity',
  title: 'Building and testing cannot use the identity that deploys',
  dimension: 'identity-separation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['GOV-6', 'SAD-2'],
  why:
    'Building runs code from everywhere: the repository, its test suites, hundreds of packages with install scripts. ' +
    'If that happens in a job that can deploy, an attacker who poisons one package uses the deploy identity directly and changes production in the middle of a build, before any test or approval has had a say. ' +
    'A job that only deploys runs a finished artifact and little else.',
  measure:
    'Looks at every unit (job or action) that builds or tests, also if it deploys as well. ' +
    'Fails if one can use an identity that deploys, or one whose purpose is not established. ' +
    'Passes if the identities of all of them are known and none deploys. Unknown if those of one cannot be read and none of the others fails. ' +
    'Not applicable if it is known that nothing in the pipeline deploys, or that nothing builds or tests.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/resources',
      steps: [
        'Split the pipeline into a build stage that publishes an artifact and a deploy stage that downloads it.',
        'Make the job of the deploy stage a deployment job with an environment.',
        'Name the service connection and the secret variable groups in the deploy stage only, not at the root of the file.',
        'On the service connection, add a branch control check and an approval, so that a build job that names it anyway has to wait.',
      ],
      cli: `az rest --method patch --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/pipelines/pipelinepermissions/endpoint/<connection id>?api-version=7.1-preview.1" \\
  --body '{"allPipelines":{"authorized":false},"pipelines":[{"id":<pipeline id>,"authorized":true}]}'`,
      terraform: `resource "azuredevops_check_branch_control" "deploy" {
  project_id           = azuredevops_project.<project>.id
  target_resource_id   = azuredevops_serviceendpoint_azurerm.<deploy>.id
  target_resource_type = "endpoint"
  allowed_branches     = "refs/heads/main"
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html',
      steps: [
        'Create a service role for the CodeBuild project that builds, with logs, the artifact bucket and named resources only.',
        'Create a separate role for deploying and set it as the role of the deploy action.',
        'Take the deploy permissions from the build role, and codebuild.amazonaws.com from the trust policy of the deploy role.',
        'Where one CodeBuild project builds and deploys, split it into two projects and two actions.',
      ],
      cli: `aws codebuild update-project --name <build project> --service-role <build role arn>
aws codepipeline get-pipeline --name <pipeline> --query pipeline > pipeline.json
# Set roleArn of the deploy action in pipeline.json to the deploy role.
aws codepipeline update-pipeline --pipeline file://pipeline.json`,
      terraform: `resource "aws_codebuild_project" "build" {
  # …
  service_role = aws_iam_role.build.arn
}

# In the deploy action of aws_codepipeline.
action {
  # …
  role_arn = aws_iam_role.deploy.arn
}`,
      template: {
        language: 'cloudformation',
        code: `# In the deploy action of AWS::CodePipeline::Pipeline.
RoleArn: !GetAtt DeployRole.Arn

# In Properties of AWS::CodeBuild::Project.
ServiceRole: !GetAtt BuildRole.Arn`,
      },
    },
  },
  needs: ['stages', 'identities'],
  evaluate({ stages, identities }) {
    if (
      !stages.some(
        ({ deploys, units }) =>
          deploys || units.some(({ kinds }) => kinds.includes('deploy')),
      )
    ) {
      return notApplicable('Nothing in this pipeline deploys.');
    }
    const builders = stages.flatMap(stage =>
      stage.units
        .filter(
          // A unit that could not be resolved may do anything.
          ({ kinds }) =>
            kinds.length === 0 ||
            kinds.includes('build') ||
            kinds.includes('test'),
        )
        .map(unit => ({ stage, unit })),
    );
    if (builders.length === 0) {
      return notApplicable('Nothing in this pipeline builds or tests.');
    }
    return builders.flatMap(({ stage, unit }) => {
      const subject = `unit ${unit.name} of stage ${stage.name}`;
      return judge(
        identitiesOf(unit, identities),
        subject,
        EXPECTED,
        usable => {
          const deployers = usable.filter(mayDeploy).map(titleOf);
          const does = unit.kinds.includes('build') ? 'builds' : 'tests';
          const also = unit.kinds.includes('deploy') ? ' and deploys' : '';
          return {
            ok: deployers.length === 0,
            observed:
              deployers.length === 0
                ? `The ${subject} can use no identity that deploys.`
                : `The ${subject} ${does}${also}, and can use the ${deployers.join(
                    ', the ',
                  )}.`,
            url: stage.url,
          };
        },
      );
    });
  },
});
