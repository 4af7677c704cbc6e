import { Gate } from 'backstage-plugin-pipeline-posture-common';
import {
  JobReading,
  ManualStep,
  StageReading,
  StepReading,
} from '../reading/types';
import { readYaml } from '../__testUtils__/readYaml';
import { manualGates, outsideTemplate } from './manualGates';

const job = (id: string, part: Partial<JobReading> = {}): JobReading => ({
  id,
  name: id,
  dependsOn: [],
  deployment: false,
  pool: {},
  groups: [],
  steps: [],
  gaps: [],
  conditional: false,
  ...part,
});
const stage = (
  id: string,
  jobs: JobReading[],
  part: Partial<StageReading> = {},
): StageReading => ({
  id,
  name: id,
  dependsOn: [],
  groups: [],
  jobs,
  gaps: [],
  conditional: false,
  ...part,
});
const waits = (part: Partial<JobReading> = {}) =>
  job('wait', {
    steps: [
      {
        name: 'Ask',
        kinds: [],
        connections: [],
        manual: {
          approvers: ['Rae'],
          requesterCanApprove: false,
          resumes: false,
        },
      },
    ],
    ...part,
  });
const deploys = ({ deployment }: JobReading) => deployment;
const gatesBefore = (wanted: StageReading, ...others: StageReading[]) =>
  manualGates(
    wanted,
    [...others, wanted],
    'https://example.com',
    new Set(),
    deploys,
  );

describe('steps that wait for a person', () => {
  it('hold up the jobs that depend on them', () => {
    expect(
      gatesBefore(
        stage('p', [waits(), job('deploy', { dependsOn: ['wait'] })]),
      ),
    ).toMatchObject([
      {
        kind: 'approval',
        effective: true,
        approvers: [{ name: 'Rae', broad: false }],
        requesterCanApprove: { value: false },
      },
    ]);
  });

  it('hold up nothing that runs beside them', () => {
    expect(gatesBefore(stage('p', [waits(), job('deploy')]))).toEqual([]);
    const both = [waits(), job('a', { dependsOn: ['wait'] }), job('b')];
    expect(gatesBefore(stage('p', both))).toEqual([]);
  });

  it('hold up later stages', () => {
    const ask = stage('ask', [waits()]);
    expect(
      gatesBefore(stage('p', [job('deploy')], { dependsOn: ['ask'] }), ask),
    ).toHaveLength(1);
    expect(gatesBefore(stage('p', [job('deploy')]), ask)).toEqual([]);
  });

  it('do not count when they may be left out', () => {
    expect(
      gatesBefore(
        stage('p', [
          waits({ conditional: true }),
          job('deploy', { dependsOn: ['wait'] }),
        ]),
      ),
    ).toEqual([]);
  });

  it('have no effect when the run goes on without an answer', () => {
    const steps = [
      {
        name: 'Ask',
        kinds: [],
        connections: [],
        manual: { approvers: [], requesterCanApprove: true, resumes: true },
      },
    ];
    expect(
      gatesBefore(
        stage('p', [waits({ steps }), job('deploy', { dependsOn: ['wait'] })]),
      ),
    ).toMatchObject([{ effective: false, approvers: [{ broad: true }] }]);
  });

  it.each([
    ['its failure counts for nothing', { failureIgnored: true }, {}],
    ['what comes after runs all the same', {}, { heeds: [] }],
    ['what comes after heeds another', {}, { heeds: ['other'] }],
    [
      'it may be skipped and what comes after runs then',
      { sometimes: true },
      { heeds: ['wait'], heedsSkips: [] },
    ],
  ])('have no effect when %s', (_, asking, deploying) => {
    const jobs = [
      waits(asking),
      job('deploy', { dependsOn: ['wait'], ...deploying }),
    ];
    expect(gatesBefore(stage('p', jobs))).toMatchObject([{ effective: false }]);
  });

  it('have no effect on a later stage that does not heed theirs', () => {
    const ask = stage('ask', [waits()]);
    const between = stage('between', [job('a')], { dependsOn: ['ask'] });
    const last = (heeds?: string[]) =>
      gatesBefore(
        stage('p', [job('deploy')], {
          dependsOn: ['between'],
          ...(heeds && { heeds }),
        }),
        ask,
        between,
      );
    expect(last([])).toMatchObject([{ effective: false }]);
    expect(last(['ask'])).toMatchObject([{ effective: true }]);
    expect(last(['between'])).toMatchObject([{ effective: true }]);
    expect(last()).toMatchObject([{ effective: true }]);
  });

  it.each([
    ['failed()', []],
    ['always()', []],
  ])('hold up what deploys, whoever tells of it on %s', (_, heeds) => {
    const jobs = (part: Partial<JobReading>) => [
      waits(),
      job('deploy', { dependsOn: ['wait'], deployment: true }),
      job('notify', { dependsOn: ['deploy'], heeds, ...part }),
    ];
    expect(gatesBefore(stage('p', jobs({})))).toMatchObject([
      { effective: true },
    ]);
    // One that deploys as well needs the answer.
    expect(gatesBefore(stage('p', jobs({ deployment: true })))).toMatchObject([
      { effective: false },
    ]);
  });

  it('hold up what deploys, whatever is built beside it', () => {
    const jobs = (part: Partial<JobReading>) => [
      job('build', part),
      waits({ dependsOn: ['build'] }),
      job('deploy', { dependsOn: ['wait'], deployment: true }),
    ];
    expect(gatesBefore(stage('p', jobs({})))).toMatchObject([
      { effective: true },
    ]);
    expect(gatesBefore(stage('p', jobs({ deployment: true })))).toEqual([]);
  });

  it.each([
    ['', true],
    ["condition: and(succeeded('ask'), eq(variables.a, 'b'))", true],
    ["condition: eq(dependencies.ask.result, 'Succeeded')", true],
    ['condition: not(failed())', false],
    ["condition: ne(dependencies.ask.result, 'Failed')", false],
    ["condition: in(dependencies.ask.result, 'Succeeded', 'Skipped')", false],
  ])(
    'may be skipped: whether what comes after runs then with "%s"',
    (condition, effective) => {
      const { stages } = readYaml(`stages:
- stage: ask
  condition: and(succeeded(), eq(variables.a, 'b'))
  jobs:
  - job: wait
    pool: server
    steps: [{ task: ManualValidation@1, inputs: { approvers: Rae } }]
- stage: production
  ${condition}
  jobs: [{ job: deploy, steps: [{ script: x }] }]
`);
      expect(gatesBefore(stages[1], stages[0])).toMatchObject([{ effective }]);
    },
  );

  it('may be skipped in a stage that goes on without them', () => {
    const before = (...others: JobReading[]) =>
      gatesBefore(
        stage('p', [job('deploy')], { dependsOn: ['ask'] }),
        stage('ask', [waits({ sometimes: true }), ...others]),
      );
    expect(before()).toMatchObject([{ effective: true }]);
    expect(before(job('a', { dependsOn: ['wait'] }))).toMatchObject([
      { effective: true },
    ]);
    expect(before(job('a'))).toMatchObject([{ effective: false }]);
  });

  it('have no effect on a stage that runs after one that was skipped for them', () => {
    const { stages } = readYaml(`stages:
- stage: ask
  jobs:
  - job: wait
    pool: server
    steps: [{ task: ManualValidation@1, inputs: { approvers: Rae } }]
- stage: between
  jobs: [{ job: a, steps: [{ script: x }] }]
- stage: production
  condition: in(dependencies.between.result, 'Succeeded', 'Skipped')
  jobs: [{ job: deploy, steps: [{ script: x }] }]
`);
    const [ask, between, production] = stages;
    expect(gatesBefore(production, ask, between)).toMatchObject([
      { effective: false },
    ]);
  });

  const asking = (part: Partial<StepReading>, how: Partial<ManualStep> = {}) =>
    waits({
      steps: [
        {
          name: 'Ask',
          kinds: [],
          connections: [],
          manual: {
            approvers: ['Rae'],
            requesterCanApprove: false,
            resumes: false,
            ...how,
          },
          ...part,
        },
      ],
    });
  const before = (ask: JobReading, extending = false) => {
    const wanted = stage('p', [ask, job('deploy', { dependsOn: ['wait'] })]);
    const [gate] = manualGates(
      wanted,
      [wanted],
      '',
      new Set(),
      deploys,
      extending,
    );
    return gate;
  };

  it('have no effect when their step is switched off', () => {
    expect(
      before(asking({}, { neutralised: 'it is switched off' })),
    ).toMatchObject({
      effective: false,
      ineffectiveBecause: 'it is switched off',
    });
  });

  it('do not tell who approves when only the run knows', () => {
    expect(before(asking({}, { approvers: ['$(who)'] }))).toMatchObject({
      approvers: [],
      approversUnread: { code: 'unresolved' },
    });
  });

  it('tell who approves when the code declares it', () => {
    const { stages } = readYaml(`variables: { who: 'Rae, Kim' }
jobs:
- job: wait
  pool: server
  steps:
  - task: ManualValidation@1
    inputs: { approvers: "$(who);$(other)" }
- job: deploy
  dependsOn: wait
  steps: [{ script: x }]
`);
    expect(gatesBefore(stages[0])).toMatchObject([
      {
        approvers: [{ name: 'Rae' }, { name: 'Kim' }],
        approversUnread: { code: 'unresolved' },
      },
    ]);
  });

  it('can be taken out unless they stand in a template that a check requires', () => {
    const location = {
      repository: 'Shop/templates',
      file: '/t.yml',
      origin: 'template' as const,
    };
    const skipped = (gate: Gate) =>
      gate.canBeSkipped.known && gate.canBeSkipped.value;
    expect(skipped(before(asking({})))).toBe(true);
    expect(skipped(before(asking({ location })))).toBe(true);
    expect(skipped(before(asking({ location, chosen: true }), true))).toBe(
      true,
    );
    const firm = before(asking({ location }), true);
    expect(skipped(firm)).toBe(false);
    expect(skipped(outsideTemplate(firm))).toBe(true);
  });
});
