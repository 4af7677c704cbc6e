import {
  DEFAULT_SCORING_POLICY,
  FindingView,
  ResultStatus,
  scoreEntity,
  scorePipeline,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import { summaryOf } from './entitySummary';
import { SummaryRow } from './views';

const control = {
  dimension: 'least-privilege',
  severity: 'medium',
} as const;

const rowOf = (id: string, results: Array<'pass' | 'fail' | 'exempt'>) =>
  ({
    id,
    name: id,
    reaches: 'yes',
    results: '[]',
    collected_at: '2026-11-20T08:00:00Z',
    stale_since: null,
    posture: JSON.stringify(
      scorePipeline(
        results.map((result, n) => ({
          ...control,
          controlId: `control-${n}`,
          status: result === 'pass' ? 'pass' : 'fail',
          exempt: result === 'exempt',
        })),
        DEFAULT_SCORING_POLICY,
      ),
    ),
  } as unknown as SummaryRow);

const summariseWith = (rows: SummaryRow[], findings: FindingView[]) => {
  const score = scoreEntity(
    rows.map(row => ({
      id: row.id,
      reachesProduction: row.reaches,
      posture: JSON.parse(row.posture),
    })),
  )!;
  const weakest = rows.find(row => row.id === score.weakestPipelineId)!;
  return summaryOf(score, weakest, rows, [], findings);
};

const summarise = (...rows: SummaryRow[]) => summariseWith(rows, []);

describe('the numbers of an entity without exemptions', () => {
  it('are those of the pipeline that is weakest then', () => {
    const summary = summarise(
      rowOf('exempt', ['pass', 'exempt', 'exempt', 'exempt']),
      rowOf('failing', ['pass', 'pass', 'fail', 'fail']),
    );
    expect(summary).toMatchObject({
      score: 50,
      weakestPipeline: { id: 'failing' },
      withoutExemptions: { score: 25, grade: 'F' },
    });
  });

  it('are the same where nothing is exempt', () => {
    const { score, potential, coverage, grade, withoutExemptions } = summarise(
      rowOf('one', ['pass', 'fail']),
      rowOf('two', ['pass']),
    );
    expect(withoutExemptions).toEqual({ score, potential, coverage, grade });
  });
});

describe('what to fix first', () => {
  interface Judged {
    controlId: string;
    severity: Severity;
    status?: ResultStatus;
    preview?: boolean;
    exempt?: boolean;
  }

  /** Rows and findings of pipelines, of which each control fails unless it says otherwise. */
  const fixFirstOf = (
    pipelines: Record<string, Judged[]>,
    reaches: Record<string, string> = {},
  ) => {
    const made = Object.entries(pipelines).map(([id, judged]) => {
      const results = judged.map(one => ({
        dimension: control.dimension,
        status: 'fail' as ResultStatus,
        ...one,
      }));
      const posture = scorePipeline(results, DEFAULT_SCORING_POLICY);
      const row = {
        ...rowOf(id, []),
        reaches: reaches[id] ?? 'yes',
        posture: JSON.stringify(posture),
      } as SummaryRow;
      const findings = results.map(
        result =>
          ({
            preview: false,
            exempt: false,
            ...result,
            pipelineId: id,
            gainIfFixed: posture.contributions.find(
              c => c.controlId === result.controlId,
            )!.gainIfFixed,
          } as FindingView),
      );
      return { row, findings };
    });
    return summariseWith(
      made.map(({ row }) => row),
      made.flatMap(({ findings }) => findings),
    ).fixFirst;
  };

  const passing: Judged = {
    controlId: 'passing',
    severity: 'critical',
    status: 'pass',
  };
  const medium = (n: number): Judged => ({
    controlId: `medium-${n}`,
    severity: 'medium',
  });
  const critical: Judged = { controlId: 'critical', severity: 'critical' };
  const WEAK = [1, 2, 3].map(medium);

  it('is what is critical in another pipeline of production, with what that pipeline gains', () => {
    expect(fixFirstOf({ weak: WEAK, other: [passing, critical] })).toEqual([
      { controlId: 'critical', pipelineId: 'other', gain: 50 },
      { controlId: 'medium-1', pipelineId: 'weak', gain: 33 },
      { controlId: 'medium-2', pipelineId: 'weak', gain: 33 },
    ]);
  });

  it('is what is critical in the weakest before what is in others', () => {
    const fixes = fixFirstOf({
      other: [passing, critical],
      weak: [critical, ...WEAK],
    });
    expect(fixes.map(fix => `${fix.pipelineId} ${fix.controlId}`)).toEqual([
      'weak critical',
      'other critical',
      'weak medium-1',
    ]);
  });

  it('leaves out what is critical where it does not count', () => {
    const fixes = fixFirstOf(
      {
        weak: WEAK,
        aside: [passing, critical],
        other: [
          passing,
          { ...critical, exempt: true },
          { ...critical, controlId: 'preview', preview: true },
          { ...critical, controlId: 'unknown', status: 'unknown' },
        ],
      },
      { aside: 'no' },
    );
    expect(fixes.map(({ controlId }) => controlId)).toEqual([
      'medium-1',
      'medium-2',
      'medium-3',
    ]);
  });
});
