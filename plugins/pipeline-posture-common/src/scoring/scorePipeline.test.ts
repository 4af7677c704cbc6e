import vectors from './scoring-vectors.json';
import { scorePipeline } from './scorePipeline';
import { ControlResult } from './scoreTypes';

describe('scorePipeline', () => {
  it.each(vectors.vectors.map(vector => [vector.name, vector] as const))(
    'gives the published numbers for: %s',
    (_, { results, expected }) => {
      const score = scorePipeline(results as ControlResult[]);
      expect(score).toMatchObject(expected);
    },
  );

  it('says what fixing the largest loss brings, worst first', () => {
    const [worked] = vectors.vectors;
    const score = scorePipeline(worked.results as ControlResult[]);
    expect(score.fixFirst).toEqual(['high-one']);
    expect(
      score.contributions.find(c => c.controlId === 'high-one'),
    ).toMatchObject({
      weight: 6,
      earned: 0,
      lost: 30,
      gainIfFixed: 30,
      cap: 'B',
    });
  });

  it('names the control that holds the grade down', () => {
    const results: ControlResult[] = [
      ...Array.from(
        { length: 20 },
        (_, i): ControlResult => ({
          controlId: `good-${i}`,
          dimension: 'approval-gates',
          severity: 'critical',
          status: 'pass',
        }),
      ),
      {
        controlId: 'bad',
        dimension: 'approval-gates',
        severity: 'critical',
        status: 'fail',
      },
    ];
    expect(scorePipeline(results)).toMatchObject({
      score: 95,
      grade: 'D',
      cap: { grade: 'D', controlId: 'bad' },
    });
  });

  it('weighs dimensions as the organisation wants', () => {
    const results: ControlResult[] = [
      {
        controlId: 'a',
        dimension: 'monitoring',
        severity: 'low',
        status: 'pass',
      },
      {
        controlId: 'b',
        dimension: 'credential-type',
        severity: 'low',
        status: 'fail',
      },
    ];
    expect(scorePipeline(results).score).toBe(20);
    expect(
      scorePipeline(results, {
        dimensionWeights: {
          'least-privilege': 0,
          'credential-type': 1,
          'identity-separation': 0,
          'approval-gates': 0,
          'branch-protection': 0,
          'tamper-resistance': 0,
          'input-validation': 0,
          monitoring: 3,
        },
        complianceBar: ['critical', 'high'],
        minimumCoverage: 70,
      }).score,
    ).toBe(75);
  });
});
