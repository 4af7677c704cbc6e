import {
  DEFAULT_SCORING_POLICY,
  scoreEntity,
  scorePipeline,
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

const summarise = (...rows: SummaryRow[]) => {
  const score = scoreEntity(
    rows.map(row => ({
      id: row.id,
      reachesProduction: row.reaches,
      posture: JSON.parse(row.posture),
    })),
  )!;
  const weakest = rows.find(row => row.id === score.weakestPipelineId)!;
  return summaryOf(score, weakest, rows, [], []);
};

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
