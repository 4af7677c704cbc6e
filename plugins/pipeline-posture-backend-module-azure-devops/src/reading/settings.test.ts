import { isConditional } from './settings';

describe('conditions', () => {
  it.each([
    undefined,
    ' ',
    'succeeded()',
    'always()',
    'true',
    'and(succeeded(), True)',
    "and(succeededOrFailed(), eq('True', 'True'))",
    'not(canceled())',
    'not(or(failed(), canceled()))',
    "or(succeeded(), eq(variables['x'], 'y'))",
    'and(succeeded(), ne(1, 2), not(false))',
  ])('that hold in each run in which nothing failed: %s', condition => {
    expect(isConditional(condition)).toBe(false);
  });

  it.each([
    'failed()',
    'false',
    'and(succeeded(), False)',
    "and(succeeded(), eq(variables['Build.SourceBranch'], 'refs/heads/main'))",
    "succeeded('build')",
    "and(succeeded(), eq('True', 'False'))",
    'or(failed(), canceled())',
    "'true'",
    'true)',
    "eq(dependencies.build.result, 'Succeeded')",
  ])('that need not hold: %s', condition => {
    expect(isConditional(condition)).toBe(true);
  });
});
