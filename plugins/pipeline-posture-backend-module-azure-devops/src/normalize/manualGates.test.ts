import { Gate } from 'backstage-plugin-pipeline-posture-common';
import {
  JobReading,
  ManualStep,
  StageReading,
  StepReading,
} from '../reading/types';
import { manualGates, withoutTemplate } from './manualGates';

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
const gatesBefore = (wanted: StageReading, ...others: StageReading[]) =>
  manualGates(wanted, [...others, wanted], 'https://example.com', new Set());

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
      { heeds: ['wait'] },
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
    const [gate] = manualGates(wanted, [wanted], '', new Set(), extending);
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
    expect(skipped(withoutTemplate(firm))).toBe(true);
  });
});
