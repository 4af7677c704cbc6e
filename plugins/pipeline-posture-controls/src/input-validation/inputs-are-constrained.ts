import { PipelineInput } from 'backstage-plugin-pipeline-posture-common';
import {
  defineControl,
  fail,
  judge,
  notApplicable,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED_OF_RUN =
  'Whoever starts a run can set the declared inputs only.';
const EXPECTED_OF_INPUT =
  'The input takes only values of a list or a type, or a check refuses the others.';

const SINK_NAMES: { [sink in PipelineInput['sinks'][number]]: string } = {
  script: 'a script',
  identity: 'the choice of an identity',
  environment: 'the choice of an environment',
  runner: 'the choice of a runner',
  address: 'an address',
};

function judgeInput(input: PipelineInput) {
  const { name, kind, constrained, because, sinks, location } = input;
  const subject = `${kind} ${name}`;
  const reaches =
    !constrained && sinks.length > 0
      ? ` It reaches ${sinks.map(sink => SINK_NAMES[sink]).join(' and ')}.`
      : '';
  const observation = {
    subject,
    observed: `The ${subject} ${
      constrained ? 'is constrained' : 'takes any value'
    }: ${because}.${reaches}`,
    expected: EXPECTED_OF_INPUT,
    evidence: [{ source: subject, observed: because, location }],
  };
  return constrained ? pass(observation) : fail(observation);
}

/**
 * What can be given to a run is limited to lists, types or checked values.
 *
 * @public
 */
export const inputsAreConstrained = defineControl({
  id: 'inputs-are-constrained',
  title: 'A run takes only declared inputs with limited values',
  dimension: 'input-validation',
  severity: 'medium',
  lifecycle: 'active',
  answers: ['BP7-7', 'AZS-8'],
  why:
    'Whoever may start a run may not be allowed to change the pipeline, but a free input lets them do nearly that. ' +
    'An attacker gives a branch, a target or an address that nobody foresaw, or text that a script takes for a command, and the pipeline does it with its own rights. ' +
    'A list of allowed values leaves only what somebody thought of.',
  measure:
    'Looks at what can be given to a run: declared parameters, variables and webhook fields, and whether variables beyond those can be set. ' +
    'Fails if any variable can be set by whoever starts a run, or if a declared input takes any value: no list, no restricting type, no check. ' +
    'An input fails whether or not it is seen to reach a script, since what a script does with it cannot always be followed. ' +
    'Passes if inputs are declared, all are constrained and nothing else can be set. ' +
    'Unknown if it cannot be read whether other variables can be set and no declared input fails. ' +
    'Not applicable if it is known that nothing can be given to a run.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/inputs',
      steps: [
        'Open Organization settings or Project settings > Pipelines > Settings and turn on "Limit variables that can be set at queue time".',
        'In the pipeline, open Variables and clear "Let users override this value when running this pipeline" where nobody needs it.',
        'Replace variables that people set by runtime parameters with a type and a list of values.',
      ],
      cli: `az rest --method patch \\
  --resource 499b84ac-1321-427f-aa17-267ca6975798 \\
  --url "https://dev.azure.com/<organisation>/<project>/_apis/build/generalsettings?api-version=7.1" \\
  --body '{ "enforceSettableVar": true }'`,
      terraform: `resource "azuredevops_project_pipeline_settings" "project" {
  project_id           = azuredevops_project.<project>.id
  enforce_settable_var = true
}`,
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html',
      steps: [
        'Edit the pipeline (type V2) and open the first stage that uses the variable.',
        'Add an entry condition with the result Fail.',
        'Add the rule VariableCheck for the variable, with the operator MATCHES and an expression that only allowed values match.',
        'Remove variables that nothing uses.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query pipeline > pipeline.json
# Add beforeEntry with the rule VariableCheck to the stage in pipeline.json.
aws codepipeline update-pipeline --pipeline file://pipeline.json`,
      terraform: `# In the stage of aws_codepipeline that uses the variable.
before_entry {
  condition {
    result = "FAIL"
    rule {
      name = "AllowedTarget"
      rule_type_id {
        category = "Rule"
        owner    = "AWS"
        provider = "VariableCheck"
        version  = "1"
      }
      configuration = {
        Variable = "#{variables.<variable>}"
        Value    = "^(staging|production)$"
        Operator = "MATCHES"
      }
    }
  }
}`,
      template: {
        language: 'cloudformation',
        code: `# In the stage of AWS::CodePipeline::Pipeline that uses the variable.
BeforeEntry:
  Conditions:
    - Result: FAIL
      Rules:
        - Name: AllowedTarget
          RuleTypeId:
            Category: Rule
            Owner: AWS
            Provider: VariableCheck
            Version: "1"
          Configuration:
            Variable: "#{variables.<variable>}"
            Value: ^(staging|production)$
            Operator: MATCHES`,
      },
    },
  },
  needs: ['inputs'],
  evaluate({ inputs: { anyVariableSettable, declared } }, { pipeline }) {
    if (
      declared.length === 0 &&
      anyVariableSettable.known &&
      !anyVariableSettable.value
    ) {
      return notApplicable('Nothing can be given to a run of this pipeline.');
    }
    return [
      ...judge(
        anyVariableSettable,
        `runs of ${pipeline.name}`,
        EXPECTED_OF_RUN,
        settable => ({
          ok: !settable,
          observed: settable
            ? 'Whoever starts a run can set any variable of the pipeline.'
            : 'Whoever starts a run can set the declared inputs only.',
          ...(settable ? { actor: 'platform-team' } : {}),
        }),
      ),
      ...declared.map(judgeInput),
    ];
  },
});
