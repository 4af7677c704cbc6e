import { readYaml } from '../__testUtils__/readYaml';

const stageWith = (condition: string) =>
  readYaml(`parameters:
- { name: when, type: string, default: succeeded() }
- { name: prod, type: boolean, default: false }
- { name: tier, type: string, default: dev, values: [dev, prod] }
- { name: choice, type: string, default: succeeded(), values: [succeeded(), always()] }
- { name: named, type: string, default: succeeded(), values: [succeeded(), succeeded('ask')] }
stages:
- stage: ask
  jobs: [{ job: a, steps: [{ script: x }] }]
- stage: production
  condition: ${condition}
  jobs: [{ job: b, steps: [{ script: x }] }]
`).stages[1];

describe('whose failure keeps a stage from running', () => {
  it.each([
    'succeeded()',
    "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
    "and(eq(variables.x, 'y'), and(succeeded(), true))",
    'not(failed())',
    'not(or(failed(), canceled()))',
    'not(not(succeeded()))',
    "and(succeeded(), eq('${{ parameters.prod }}', true))",
    'and(succeeded(), ${{ eq(parameters.prod, true) }})',
    "and(succeeded(), eq('${{ parameters.tier }}', 'prod'))",
    'and(not(failed()), ${{ parameters.prod }})',
    'false',
    "''",
  ])('is that of all before it with %s', condition => {
    expect(stageWith(condition).heeds).toBeUndefined();
  });

  it.each([
    ["succeeded('ask')", ['ask']],
    ["eq(dependencies.ask.result, 'Succeeded')", ['ask']],
    ["in(dependencies['Ask'].result, 'Succeeded', 'Skipped')", ['ask']],
    ["and(ne(variables.x, 'y'), succeeded('ask'))", ['ask']],
    ["or(succeeded(), succeeded('ask'))", ['ask']],
    ["ne(dependencies.ask.result, 'Failed')", ['ask']],
    ["notIn(dependencies.ask.result, 'Failed', 'Canceled')", ['ask']],
    ["not(in(dependencies.ask.result, 'Failed', 'Canceled'))", ['ask']],
    ["not(eq('Failed', dependencies.ask.result))", ['ask']],
    ["eq('Succeeded', dependencies.ask.result)", ['ask']],
    ["ne('Failed', dependencies.ask.result)", ['ask']],
    ['${{ parameters.named }}', ['ask']],
  ])('is that of what it names with %s', (condition, names) => {
    expect(stageWith(condition).heeds).toEqual(names);
  });

  it.each([
    'always()',
    'succeededOrFailed()',
    'not(canceled())',
    "eq(variables['Build.SourceBranch'], 'refs/heads/main')",
    'or(succeeded(), failed())',
    "in(dependencies.ask.result, 'Succeeded', 'Failed')",
    "ne(dependencies.ask.result, 'Succeeded')",
    "eq(dependencies.ask.result, 'Canceled')",
    "in(dependencies.ask.result, 'Succeeded', variables.x)",
    "notIn(dependencies.ask.result, 'Skipped')",
    "eq('Failed', dependencies.ask.result)",
    '${{ parameters.when }}',
    '${{ parameters.choice }}',
    'or(succeeded(), ${{ parameters.prod }})',
    'this is none',
  ])('is that of nothing with %s', condition => {
    expect(stageWith(condition).heeds).toEqual([]);
  });

  it.each([
    ['succeeded()', undefined],
    ["and(succeeded('ask'), eq(variables.x, 'y'))", ['ask']],
    ["eq(dependencies.ask.result, 'Succeeded')", ['ask']],
    ["ne(dependencies.ask.result, 'Skipped')", ['ask']],
    ["in(dependencies.ask.result, 'Succeeded', 'Skipped')", []],
    ["ne(dependencies.ask.result, 'Failed')", []],
    ['not(failed())', []],
    ["not(failed('ask'))", []],
    ['always()', []],
    ['${{ parameters.when }}', []],
    ['${{ parameters.named }}', ['ask']],
  ])(
    'tells a part that was skipped from one that failed: %s',
    (text, names) => {
      expect(stageWith(text).heedsSkips).toEqual(names);
    },
  );

  it('says of a job whether its own failure counts', () => {
    const jobWith = (setting: string) =>
      readYaml(`jobs:\n- job: a\n${setting}  steps: [{ script: x }]\n`)
        .stages[0].jobs[0];
    expect(jobWith('  continueOnError: true\n').failureIgnored).toBe(true);
    expect(jobWith('  continueOnError: $(x)\n').failureIgnored).toBe(true);
    expect(
      jobWith('  continueOnError: false\n').failureIgnored,
    ).toBeUndefined();
    expect(jobWith('').failureIgnored).toBeUndefined();
  });
});
