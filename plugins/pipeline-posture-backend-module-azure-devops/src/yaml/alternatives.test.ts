import { readPipelineCode } from '../reading/readPipelineCode';
import { SourceFile } from './nodes';
import { resolvePipeline } from './resolvePipeline';
import { FileLibrary } from './TemplateFiles';

const ROOT: SourceFile = {
  project: 'Shop',
  repository: 'shop',
  ref: '',
  path: '/azure-pipelines.yml',
};

const PARAMETERS = `parameters:
- { name: tier, type: string, default: dev, values: [dev, prod] }
- { name: region, type: string, default: west }
- { name: production, type: boolean, default: false }
- { name: count, type: number, default: 0, values: [0, 1] }
- name: targets
  type: object
  default: [{ name: dev }]
`;

function read(body: string, others: Record<string, string> = {}) {
  const files = { [ROOT.path]: `${PARAMETERS}${body}`, ...others };
  const library = new FileLibrary();
  for (const [path, text] of Object.entries(files))
    library.add({ ...ROOT, path }, { text, objectId: path });
  const resolution = resolvePipeline(ROOT, library);
  if (resolution.status !== 'resolved')
    throw new Error(JSON.stringify(resolution));
  return readPipelineCode(resolution);
}

const connection = (expression: string) =>
  read(`steps:
- task: AzureCLI@2
  inputs: { azureSubscription: "${expression}" }
`).stages[0].jobs[0].steps[0].connections[0];

describe('what a name may come to', () => {
  it.each([
    ["${{ iif(parameters.production, 'prod', 'dev') }}", ['prod', 'dev']],
    ["${{ iif(not(parameters.production), 'dev', 'prod') }}", ['prod', 'dev']],
    [
      "${{ iif(eq(true, parameters.production), 'prod', 'dev') }}",
      ['prod', 'dev'],
    ],
    ["${{ iif(parameters.count, 'prod', 'dev') }}", ['dev', 'prod']],
    ['shop-${{ parameters.tier }}', ['shop-dev', 'shop-prod']],
  ])('is every choice of %s', (expression, names) => {
    const { undecided, alternatives } = connection(expression);
    expect(undecided).toBe(true);
    expect(alternatives).toEqual(expect.arrayContaining(names));
  });

  it.each([
    '${{ parameters.tier }}-${{ parameters.region }}',
    "${{ format('{0}-{1}', parameters.tier, parameters.region) }}",
    "${{ iif(eq(parameters.tier, 'prod'), parameters.region, 'dev') }}",
  ])('is no list while a part of %s may be anything', expression => {
    const { undecided, alternatives } = connection(expression);
    expect(undecided).toBe(true);
    expect(alternatives).toBeUndefined();
  });

  it('is no list when there are more choices than are kept', () => {
    const values = Array.from({ length: 60 }, (_, at) => `t${at}`).join(', ');
    const reading = read(`- { name: many, type: string, values: [${values}] }
steps:
- task: AzureCLI@2
  inputs: { azureSubscription: "shop-\${{ parameters.many }}" }
`);
    const [{ connections }] = reading.stages[0].jobs[0].steps;
    expect(connections[0]).toMatchObject({ undecided: true });
    expect(connections[0].alternatives).toBeUndefined();
  });

  it('stays open for the members of a list that the run chooses', () => {
    const reading = read(`stages:
- \${{ if containsValue(parameters.targets.*.name, 'prod') }}:
  - stage: production
    jobs: [{ job: a, steps: [{ script: x }] }]
- stage: other
  jobs: [{ job: b, steps: [{ script: x }] }]
`);
    expect(
      reading.stages.map(({ id, conditional }) => [id, conditional]),
    ).toEqual([
      ['production', true],
      ['other', false],
    ]);
  });

  it('does not lose on its way through a loop that a step may be left out', () => {
    const reading = read(
      `jobs:
- template: jobs.yml
  parameters:
    steps:
    - \${{ if eq(parameters.production, true) }}:
      - script: gitleaks detect
`,
      {
        '/jobs.yml': `parameters: [{ name: steps, type: stepList }]
jobs:
- job: build
  steps:
  - \${{ each step in parameters.steps }}:
    - \${{ each pair in step }}:
        \${{ pair.key }}: \${{ pair.value }}
`,
      },
    );
    expect(reading.stages[0].jobs[0].steps[0].security).toMatchObject({
      canFail: false,
    });
  });
});
