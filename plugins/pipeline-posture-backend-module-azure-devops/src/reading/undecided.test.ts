import { SourceFile } from '../yaml/nodes';
import { resolvePipeline } from '../yaml/resolvePipeline';
import { FileLibrary } from '../yaml/TemplateFiles';
import { readPipelineCode } from './readPipelineCode';
import { CodeReading } from './types';

const ROOT: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: 'refs/heads/main',
  path: '/azure-pipelines.yml',
};

function read(text: string, others: Record<string, string> = {}): CodeReading {
  const library = new FileLibrary();
  library.add(ROOT, { text, objectId: 'x' });
  for (const [path, content] of Object.entries(others))
    library.add({ ...ROOT, path }, { text: content, objectId: path });
  const resolution = resolvePipeline(ROOT, library);
  if (resolution.status !== 'resolved')
    throw new Error(JSON.stringify(resolution));
  return readPipelineCode(resolution);
}

const jobsOf = ({ stages }: CodeReading) => stages.flatMap(({ jobs }) => jobs);
const gapsOf = (reading: CodeReading) => [
  ...reading.gaps,
  ...reading.stages.flatMap(({ gaps, jobs }) => [
    ...gaps,
    ...jobs.flatMap(job => job.gaps),
  ]),
];
const ON_MAIN = "eq(variables['Build.SourceBranch'], 'refs/heads/main')";

describe('what only the run decides is never taken for decided', () => {
  it('keeps both values of a variable that a condition sets, and what follows from each', () => {
    const reading = read(`
variables:
- \${{ if ${ON_MAIN} }}:
  - name: tier
    value: production
- \${{ else }}:
  - name: tier
    value: test
stages:
- stage: build
  jobs: [{ job: b, steps: [{ script: make }] }]
- \${{ if eq(variables.tier, 'production') }}:
  - stage: production
    jobs:
    - deployment: d
      environment: shop-production
      strategy: { runOnce: { deploy: { steps: [{ script: ./deploy }] } } }
`);
    expect(
      reading.stages.map(({ id, conditional }) => [id, conditional]),
    ).toEqual([
      ['build', false],
      ['production', true],
    ]);
  });

  it('keeps both names of an environment that a condition chooses', () => {
    const reading = read(`
jobs:
- deployment: d
  \${{ if ${ON_MAIN} }}:
    environment: production
  \${{ else }}:
    environment: test
  strategy: { runOnce: { deploy: { steps: [{ script: ./deploy }] } } }
`);
    expect(jobsOf(reading)[0].environment).toMatchObject({
      undecided: true,
      alternatives: ['production', 'test'],
    });
  });

  it('keeps both tasks and connections that a condition puts into one step', () => {
    const reading = read(`
steps:
- \${{ if ${ON_MAIN} }}:
    task: AzureCLI@2
  \${{ else }}:
    task: Bash@3
  inputs:
    \${{ if ${ON_MAIN} }}:
      azureSubscription: production
    \${{ else }}:
      azureSubscription: test
    inlineScript: ./deploy
`);
    const [{ steps }] = jobsOf(reading);
    expect(steps).toHaveLength(1);
    expect(steps[0].connections).toMatchObject([
      { alternatives: ['production', 'test'] },
    ]);
  });

  it('does not let a variable of a condition hide that it was another before', () => {
    const reading = read(`
variables:
- name: conn
  value: test
- \${{ if ${ON_MAIN} }}:
  - name: conn
    value: production
steps:
- task: AzureCLI@2
  inputs:
    azureSubscription: \${{ variables.conn }}
- task: AzureCLI@2
  inputs:
    azureSubscription: $(conn)
`);
    const [{ steps }] = jobsOf(reading);
    expect(steps[0].connections).toMatchObject([
      { alternatives: ['test', 'production'] },
    ]);
    expect(steps[1].connections).toMatchObject([{ undecided: true }]);
  });

  it.each([
    ['steps', 'steps: ${{ parameters.steps }}'],
    ['an item of steps', 'steps:\n- script: a\n- ${{ parameters.steps }}'],
    [
      'a loop over steps',
      'steps:\n- ${{ each s in parameters.steps }}:\n  - script: ${{ s }}',
    ],
    [
      'a loop in a template',
      'steps:\n- template: t.yml\n  parameters: { all: "${{ parameters.steps }}" }',
    ],
    [
      'what is inserted into a step',
      'steps:\n- task: AzureCLI@2\n  inputs:\n    ${{ insert }}: ${{ parameters.inputs }}',
    ],
  ])('leaves open what whoever starts a run puts in for %s', (_, code) => {
    const reading = read(
      `parameters:
- name: steps
  type: object
  default: [one]
- name: inputs
  type: object
  default: {}
${code}
`,
      {
        '/t.yml':
          'parameters:\n- name: all\n  type: object\nsteps:\n- ${{ each s in parameters.all }}:\n  - script: ${{ s }}\n',
      },
    );
    expect(gapsOf(reading).map(({ code: why }) => why)).toContain('unresolved');
  });

  it('takes no default of a template where it is not known what is passed', () => {
    const reading = read(
      `parameters:
- name: more
  type: object
  default: {}
steps:
- template: t.yml
  parameters:
    \${{ insert }}: \${{ parameters.more }}
`,
      {
        '/t.yml':
          'parameters:\n- name: deploy\n  type: boolean\n  default: false\nsteps:\n- ${{ if parameters.deploy }}:\n  - task: AzureCLI@2\n    inputs: { azureSubscription: production }\n- script: a\n',
      },
    );
    const [{ steps }] = jobsOf(reading);
    expect(steps.flatMap(({ connections }) => connections)).toHaveLength(1);
  });

  it('takes a text that is passed for a truth value as Azure Pipelines does', () => {
    const template =
      'parameters:\n- name: scan\n  type: boolean\n- name: label\n  type: string\nsteps:\n- ${{ if parameters.scan }}:\n  - script: trivy fs .\n- ${{ if parameters.label }}:\n  - script: labelled\n';
    const reading = read(
      "steps:\n- template: t.yml\n  parameters: { scan: 'false', label: false }\n",
      { '/t.yml': template },
    );
    const [{ steps }] = jobsOf(reading);
    expect(steps.map(({ security }) => security?.tool)).toEqual([undefined]);
    expect(steps).toHaveLength(1);
  });

  it('does not count the items of a list that a condition makes longer', () => {
    const reading = read(
      `steps:
- template: t.yml
  parameters:
    names:
    - \${{ if ${ON_MAIN} }}:
      - production
`,
      {
        '/t.yml':
          'parameters:\n- name: names\n  type: object\nsteps:\n- ${{ if eq(length(parameters.names), 0) }}:\n  - script: none\n- ${{ else }}:\n  - script: some\n',
      },
    );
    expect(jobsOf(reading)[0].steps).toHaveLength(2);
  });

  it('follows a template that extends another one', () => {
    const reading = read(
      'extends:\n  template: middle.yml\n  parameters: { name: x }\nvariables:\n- group: own\n',
      {
        '/middle.yml':
          'parameters:\n- name: name\n  type: string\nvariables:\n- group: middle\nextends:\n  template: base.yml\n  parameters: { name: "${{ parameters.name }}" }\n',
        '/base.yml':
          'parameters:\n- name: name\n  type: string\nstages:\n- stage: ${{ parameters.name }}\n  jobs: [{ job: a, steps: [{ script: a }] }]\n',
      },
    );
    expect(reading.stages.map(({ id }) => id)).toEqual(['x']);
    expect(reading.groups.map(({ name }) => name)).toEqual(['own', 'middle']);
  });

  it('says that a pipeline in which nothing is left is not understood', () => {
    expect(gapsOf(read('trigger: none\n'))).toMatchObject([
      { code: 'malformed' },
    ]);
  });
});

describe('a security test that the run can leave out', () => {
  const scan = (settings: string, around = '') =>
    jobsOf(
      read(`parameters:
- name: on
  type: boolean
  default: true
jobs:
- job: a
${around}  steps:
  - task: MicrosoftSecurityDevOps@1
    inputs: { break: true }
${settings}`),
    )[0];

  it.each([
    ['    enabled: ${{ parameters.on }}\n'],
    ['    enabled: no\n'],
    ['    continueOnError: yes\n'],
    ['    continueOnError: ${{ not(parameters.on) }}\n'],
    ["    condition: eq(variables['skip'], '')\n"],
    ['    condition: ${{ parameters.on }}\n'],
    ['    enabled: $(on)\n'],
  ])('stops nothing with %s', settings => {
    expect(scan(settings).steps[0].security).toMatchObject({ canFail: false });
  });

  it.each([['    enabled: yes\n'], ['    condition: succeeded()\n'], ['']])(
    'stops the release with "%s"',
    settings => {
      expect(scan(settings).steps[0].security).toMatchObject({ canFail: true });
    },
  );

  it('does not count on what an input lets others choose', () => {
    const reading = read(
      'parameters:\n- name: stop\n  type: boolean\n  default: true\nsteps:\n- task: MicrosoftSecurityDevOps@1\n  inputs: { break: "${{ parameters.stop }}" }\n',
    );
    expect(jobsOf(reading)[0].steps[0].security).toMatchObject({
      canFail: false,
    });
  });

  it('is marked where the job around it does not run each time', () => {
    expect(scan('', '  condition: failed()\n').sometimes).toBe(true);
    expect(scan('').sometimes).toBeUndefined();
  });
});
