import { growthOf, LINEAR } from 'pipeline-posture-estate';
import { readYaml, stepsOf } from '../__testUtils__/readYaml';
import { CodeReader } from './CodeReader';

const PARAMETERS = `parameters:
- { name: note, type: string, default: x }
`;

describe('what reaches a script through variables', () => {
  it('is text of others', () => {
    const reading = readYaml(`variables:
  branch: $(Build.SourceBranchName)
  tag: shop-$(branch)
steps:
- script: docker tag $(tag)
`);
    expect(reading.injections.map(({ expression }) => expression)).toEqual([
      '$(Build.SourceBranchName)',
    ]);
  });

  it('is the name that the author of a change goes by', () => {
    const reading = readYaml(
      'steps:\n- script: git log --author "$(Build.SourceVersionAuthor)"\n',
    );
    expect(reading.injections).toHaveLength(1);
  });

  it('is text of others that stands there before the pipeline runs', () => {
    const expression = "${{ variables['Build.SourceBranchName'] }}";
    expect(
      readYaml(`steps:\n- script: echo ${expression}\n`).injections,
    ).toMatchObject([{ expression }]);
    expect(
      readYaml(
        `variables: { b: "${expression}" }\nsteps:\n- script: echo $(b)\n`,
      ).injections,
    ).toMatchObject([{ expression }]);
  });

  it.each([
    "eq(variables['Build.SourceBranch'], 'refs/heads/main')",
    "iif(eq(variables['Build.SourceBranchName'], 'main'), 'prod', 'dev')",
    "and(succeeded(), in(variables['Build.SourceBranchName'], 'a', 'b'))",
  ])('is no text of others that is only compared: %s', expression => {
    const written = `"\${{ ${expression} }}"`;
    expect(
      readYaml(
        `variables: { isMain: ${written} }\nsteps:\n- script: echo $(isMain)\n- script: ${written}\n`,
      ).injections,
    ).toEqual([]);
  });

  it.each([
    "iif(eq(variables.a, 'b'), variables['Build.SourceBranchName'], 'dev')",
    "format('v{0}', variables['Build.SourceBranchName'])",
    "lower(replace(variables['build.sourceBranch'], '/', '-'))",
    "variables[iif(eq(variables.a, 'b'), 'Build.SourceBranch', 'x')]",
    'if Build.SourceBranch',
  ])('is text of others that may be left in the end: %s', expression => {
    expect(
      readYaml(`steps:\n- script: "echo \${{ ${expression} }}"\n`).injections,
    ).toHaveLength(1);
  });

  it('takes work that grows with the text for an expression that never ends', () => {
    const reader = new CodeReader();
    expect(
      growthOf(
        10_000,
        size => `echo \${{ ${'Build.SourceBranch '.repeat(size)}`,
        text => reader.script(text, 'a step'),
      ),
    ).toBeLessThan(LINEAR);
    expect(reader.injections).toEqual([]);
  });

  it('is a parameter', () => {
    const reading = readYaml(`${PARAMETERS}variables:
- { name: text, value: "\${{ parameters.note }}" }
steps:
- script: echo $(text)
- task: AzureCLI@2
  inputs: { azureSubscription: $(text) }
`);
    expect(reading.sinks).toEqual(
      expect.arrayContaining(
        ['script', 'identity'].map(kind =>
          expect.objectContaining({ kind, name: 'note', from: 'parameter' }),
        ),
      ),
    );
  });

  it('is nothing that only an environment variable holds', () => {
    const reading = readYaml(
      'steps:\n- script: echo "$B"\n  env: { B: $(Build.SourceBranchName) }\n',
    );
    expect(reading.injections).toEqual([]);
  });

  it('is not forgotten among many others', () => {
    const many = Array.from({ length: 700 }, (_, at) => `echo $(v${at})`);
    const reading = readYaml(
      `steps:\n- script: |\n    ${many.join('\n    ')}\n    echo $(last)\n`,
    );
    expect(reading.sinks.some(({ name }) => name === 'last')).toBe(true);
  });
});

describe('variables that a matrix sets', () => {
  const connections = (matrix: string) =>
    stepsOf(
      readYaml(`variables: { connection: shop-test, tier: test }
jobs:
- job: deploy
  strategy:
    matrix: ${matrix}
  steps:
  - task: AzureCLI@2
    inputs: { azureSubscription: $(connection) }
  - task: AzureCLI@2
    inputs: { azureSubscription: $(tier) }
`),
    ).map(step => step.connections[0].undecided);

  it('hide those of the same name around it', () => {
    expect(connections('{ one: { Connection: shop-production } }')).toEqual([
      true,
      false,
    ]);
  });

  it('may be any if only the run knows them', () => {
    expect(connections("$[ dependencies.a.outputs['b.c'] ]")).toEqual([
      true,
      true,
    ]);
  });
});

describe('what a stage or a job waits for', () => {
  it('is not what a run may leave out', () => {
    const { stages } = readYaml(`${PARAMETERS}stages:
- stage: test
  jobs: [{ job: a, steps: [{ script: x }] }]
- stage: production
  dependsOn:
  - test
  - \${{ if eq(parameters.note, 'y') }}:
    - ask
  jobs:
  - { job: b, dependsOn: "\${{ parameters.note }}", steps: [{ script: x }] }
`);
    expect(stages[1].dependsOn).toEqual(['test']);
    expect(stages[1].jobs[0].dependsOn).toEqual([]);
  });
});

describe('a step', () => {
  it('keeps its job open when only the run knows its task or one of its keys', () => {
    const gapsWith = (step: string) =>
      readYaml(`${PARAMETERS}steps:\n${step}`).stages[0].jobs[0].gaps;
    expect(gapsWith('- task: ${{ parameters.note }}\n')).toHaveLength(1);
    expect(
      gapsWith('- script: gitleaks detect\n  ${{ parameters.note }}: true\n'),
    ).toHaveLength(1);
    expect(gapsWith('- script: gitleaks detect\n')).toEqual([]);
  });

  it('checks out whatever key comes first', () => {
    const [step] = stepsOf(
      readYaml('steps:\n- persistCredentials: true\n  checkout: self\n'),
    );
    expect(step).toMatchObject({ kinds: ['source'] });
    expect(step.exposesToken).toMatch('persistCredentials');
  });
});
