import { readYaml } from '../__testUtils__/readYaml';

const stageWith = (condition: string) =>
  readYaml(`parameters:
- { name: when, type: string, default: succeeded() }
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
    '${{ parameters.when }}',
    'this is none',
  ])('is that of nothing with %s', condition => {
    expect(stageWith(condition).heeds).toEqual([]);
  });

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
