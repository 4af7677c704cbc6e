import { JobReading, StageReading } from '../reading/types';
import { manualGates } from './manualGates';

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
});
