import fc from 'fast-check';
import { readPipelineCode } from '../reading/readPipelineCode';
import { CodeReading } from '../reading/types';
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
- name: p
  type: string
  default: dev
  values: [dev, prod, test]
- name: flag
  type: boolean
  default: false
- name: list
  type: object
  default: [dev]
- name: map
  type: object
  default: { one: dev }
`;

function read(files: Record<string, string>): CodeReading {
  const library = new FileLibrary();
  for (const [path, text] of Object.entries(files))
    library.add({ ...ROOT, path }, { text, objectId: path });
  const resolution = resolvePipeline(ROOT, library);
  if (resolution.status !== 'resolved')
    throw new Error(`${JSON.stringify(resolution)}\n${JSON.stringify(files)}`);
  return readPipelineCode(resolution);
}

/** Environments that a reading allows for; `undefined` if it may be any. */
function environmentsOf({
  stages,
  gaps,
}: CodeReading): Set<string> | undefined {
  const jobs = stages.flatMap(stage => stage.jobs);
  const open = [
    ...gaps,
    ...stages.flatMap(stage => stage.gaps),
    ...jobs.flatMap(job => job.gaps),
  ];
  const found = new Set<string>();
  for (const { environment } of jobs) {
    if (!environment) continue;
    const { alternatives, undecided, name } = environment;
    if (alternatives) alternatives.forEach(each => found.add(each));
    else if (undecided) return undefined;
    else found.add(name);
  }
  return open.length > 0 ? undefined : found;
}

const NAMES = ['dev', 'prod', 'test'];
const name = fc.constantFrom(...NAMES);
const condition = fc.constantFrom(
  "eq(parameters.p, 'prod')",
  "ne(parameters.p, 'prod')",
  'parameters.flag',
  'not(parameters.flag)',
  "containsValue(parameters.list, 'prod')",
  'gt(length(parameters.list), 1)',
  "eq(variables.v, 'prod')",
  "and(parameters.flag, eq(variables.v, 'dev'))",
  "eq(parameters.map.one, 'prod')",
  "startsWith(parameters.p, 'p')",
  "in(parameters.p, 'prod', 'test')",
  "eq(join(',', parameters.list), 'prod')",
);
const indent = (text: string, by: number) =>
  text
    .split('\n')
    .map(line => (line ? ' '.repeat(by) + line : line))
    .join('\n');

const environment = fc.oneof(
  name.map(each => `environment: ${each}`),
  fc.constant('environment: ${{ parameters.p }}'),
  fc.constant('environment: ${{ variables.v }}'),
  fc
    .tuple(condition, name, name)
    .map(
      ([when, one, other]) =>
        `\${{ if ${when} }}:\n  environment: ${one}\n\${{ else }}:\n  environment: ${other}`,
    ),
  fc
    .tuple(name, condition, name)
    .map(
      ([usual, when, other]) =>
        `environment: ${usual}\n\${{ if ${when} }}:\n  environment: ${other}`,
    ),
);
const variables = fc.option(
  fc.oneof(
    name.map(each => `variables:\n  v: ${each}`),
    fc
      .tuple(condition, name, name)
      .map(
        ([when, one, other]) =>
          `variables:\n- name: v\n  value: ${one}\n- \${{ if ${when} }}:\n  - name: v\n    value: ${other}`,
      ),
    fc
      .tuple(condition, name)
      .map(
        ([when, one]) =>
          `variables:\n  v: test\n  \${{ if ${when} }}:\n    v: ${one}`,
      ),
  ),
  { nil: '' },
);
const STEPS = 'strategy: { runOnce: { deploy: { steps: [{ script: a }] } } }';
const job = fc
  .tuple(variables, environment)
  .map(([declared, chosen]) =>
    [
      '- deployment: d',
      indent([declared, chosen, STEPS].filter(Boolean).join('\n'), 2),
    ].join('\n'),
  );
const jobs: fc.Arbitrary<string> = fc.letrec<{ jobs: string }>(tie => ({
  jobs: fc
    .array(
      fc.oneof(
        { withCrossShrink: true, maxDepth: 3 },
        { weight: 8, arbitrary: job },
        {
          weight: 5,
          arbitrary: fc
            .tuple(condition, tie('jobs'))
            .map(
              ([when, inner]) => `- \${{ if ${when} }}:\n${indent(inner, 2)}`,
            ),
        },
        {
          weight: 5,
          arbitrary: fc
            .tuple(condition, tie('jobs'), tie('jobs'))
            .map(
              ([when, one, other]) =>
                `- \${{ if ${when} }}:\n${indent(
                  one,
                  2,
                )}\n- \${{ else }}:\n${indent(other, 2)}`,
            ),
        },
        {
          weight: 1,
          arbitrary: fc.constant(
            `- \${{ each e in parameters.list }}:\n  - deployment: d\n    environment: \${{ e }}\n    ${STEPS}`,
          ),
        },
        {
          weight: 1,
          arbitrary: fc.constant(
            `- \${{ each e in parameters.map }}:\n  - deployment: d\n    environment: \${{ e.value }}\n    ${STEPS}`,
          ),
        },
        {
          weight: 1,
          arbitrary: fc.constant(
            `- template: inner.yml\n  parameters:\n    q: \${{ parameters.p }}\n    all: \${{ parameters.list }}\n    on: \${{ parameters.flag }}`,
          ),
        },
        {
          weight: 1,
          arbitrary: fc.constant(
            `- template: inner.yml\n  parameters:\n    \${{ insert }}: \${{ parameters.map }}\n    q: test`,
          ),
        },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map(parts => parts.join('\n')),
})).jobs;

const INNER = `parameters:
- name: q
  type: string
- name: all
  type: object
  default: []
- name: on
  type: boolean
  default: false
jobs:
- deployment: d
  environment: \${{ parameters.q }}
  ${STEPS}
- \${{ each e in parameters.all }}:
  - deployment: d
    environment: \${{ e }}
    ${STEPS}
- \${{ if parameters.on }}:
  - deployment: d
    environment: prod
    ${STEPS}
`;

const choice = fc.record({
  p: name,
  flag: fc.boolean(),
  list: fc.uniqueArray(name, { maxLength: 3 }),
  map: fc.constantFrom<Record<string, unknown>>(
    { one: 'dev' },
    { one: 'prod' },
    { one: 'dev', two: 'prod' },
  ),
});

describe('resolving a pipeline before it runs', () => {
  it('leaves out no environment that any choice of its parameters would deploy to', () => {
    fc.assert(
      fc.property(jobs, choice, (body, chosen) => {
        const before = environmentsOf(
          read({
            '/azure-pipelines.yml': `${PARAMETERS}jobs:\n${body}\n`,
            '/inner.yml': INNER,
          }),
        );
        const running = environmentsOf(
          read({
            '/azure-pipelines.yml': `jobs:\n- template: body.yml\n  parameters: ${JSON.stringify(
              chosen,
            )}\n`,
            '/body.yml': `${PARAMETERS}jobs:\n${body}\n`,
            '/inner.yml': INNER,
          }),
        );
        if (before === undefined) return;
        for (const each of running ?? []) expect(before).toContain(each);
      }),
      { numRuns: 1000 },
    );
  });
});
