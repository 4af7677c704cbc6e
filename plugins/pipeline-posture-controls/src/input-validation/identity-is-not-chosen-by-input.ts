import { PipelineInput } from 'backstage-plugin-pipeline-posture-common';
import {
  cannotTell,
  defineControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'Whoever starts a run cannot choose freely which identity it uses or where it deploys.';

const decides = ({ sinks }: PipelineInput) =>
  sinks.includes('identity') || sinks.includes('environment');

/**
 * The identity and the target of a run are not up to the one who starts it.
 *
 * @public
 */
export const identityIsNotChosenByInput = defineControl({
  id: 'identity-is-not-chosen-by-input',
  title: 'The one who starts a run does not choose its identity',
  dimension: 'input-validation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-7', 'AZS-5'],
  why:
    'Where a free parameter names the service connection, the role or the environment, whoever starts the run picks it. ' +
    'An attacker who may only start builds types in the production identity, and the run gets it. ' +
    'Approvals on the usual target are not even asked.',
  measure:
    'Looks at every value that can be given to a run. ' +
    'Fails if one that takes any value decides which identity or environment is used. ' +
    'Passes if those that decide it are limited to a list, and if none decides it. ' +
    'Unknown if the code of the pipeline cannot be read.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/inputs',
      steps: [
        'Write the name of the service connection and the environment into the pipeline.',
        'If it must be a parameter, give it a list of allowed values.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html',
      steps: [
        'Write the role and the target into the action.',
        'If it must be a variable, add a VariableCheck rule that limits it to known values.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> \\
  --query 'pipeline.stages[].actions[].{name:name,role:roleArn,configuration:configuration}' | grep '#{'
aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Write the ARN of the role where a variable stands.
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In the action of aws_codepipeline.
role_arn = aws_iam_role.deploy_production.arn`,
      template: {
        language: 'cloudformation',
        code: `# In the action.
RoleArn: !GetAtt DeployProductionRole.Arn`,
      },
    },
  },
  needs: ['inputs'],
  evaluate({ inputs: { declared, unfollowed } }, { pipeline }) {
    const deciding = declared.filter(decides);
    const elsewhere =
      unfollowed && declared.some(({ constrained }) => !constrained)
        ? [
            cannotTell(
              `inputs of pipeline ${pipeline.name}`,
              EXPECTED,
              unfollowed,
            ),
          ]
        : [];
    if (deciding.length === 0 && elsewhere.length === 0) {
      return [
        pass({
          subject: `pipeline ${pipeline.name}`,
          observed:
            'No value that can be given to a run decides its identity or target.',
          expected: EXPECTED,
        }),
      ];
    }
    const judged = deciding.map(
      ({ name, kind, constrained, because, location }) => {
        const observation = {
          subject: `${kind} ${name}`,
          expected: EXPECTED,
          evidence: [
            { source: `${kind} ${name}`, observed: because, location },
          ],
        };
        return constrained
          ? pass({
              ...observation,
              observed: `The ${kind} ${name} decides the identity or target, within limits: ${because}.`,
            })
          : fail({
              ...observation,
              observed: `The ${kind} ${name} decides the identity or target and takes any value: ${because}.`,
            });
      },
    );
    return [...judged, ...elsewhere];
  },
});
