import {
  EntitySummary,
  FindingView,
  gradeOfScore,
  PipelineScore,
  PipelineSummary,
  QuietResult,
  scoreEntity,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { ResultRecord } from '../evaluation/assessment';
import { noneFailing, SummaryRow } from './views';

/** Controls of a pipeline that pass or do not apply. */
export function quietOf(row: SummaryRow): QuietResult[] {
  return (JSON.parse(row.results) as ResultRecord[]).flatMap(
    ({ controlId, status }) =>
      status === 'pass' || status === 'not-applicable'
        ? [{ controlId, status, pipelineId: row.id }]
        : [],
  );
}

/**
 * The numbers of an entity if nothing were exempt: by the pipeline that is
 * weakest then, which may be another one.
 */
function withoutExemptions(
  rows: readonly SummaryRow[],
): EntitySummary['withoutExemptions'] {
  const bare = scoreEntity(
    rows.map(({ id, reaches, posture }) => {
      const own = (JSON.parse(posture) as PipelineScore).withoutExemptions;
      // One without a grade holds the entity at D or below; no cap of its own would change that.
      const letter =
        own.grade === 'not-graded' ? gradeOfScore(own.score) : own.grade;
      return {
        id,
        reachesProduction: reaches,
        posture: {
          ...own,
          gradeIgnoringCoverage:
            letter as PipelineScore['gradeIgnoringCoverage'],
        },
      };
    }),
  );
  if (!bare) throw new Error('An entity without pipelines has no numbers');
  const { score, potential, coverage, grade } = bare;
  return { score, potential, coverage, grade };
}

/** The numbers of an entity, by its weakest pipeline. */
export function summaryOf(
  score: NonNullable<ReturnType<typeof scoreEntity>>,
  weakest: SummaryRow,
  rows: readonly SummaryRow[],
  pipelines: readonly PipelineSummary[],
  findings: readonly FindingView[],
): Omit<EntitySummary, 'recent'> {
  const posture: PipelineScore = JSON.parse(weakest.posture);
  const failing = noneFailing();
  const counts = {
    pass: 0,
    fail: 0,
    unknown: 0,
    'not-applicable': 0,
    exempt: 0,
    preview: 0,
  };
  for (const pipeline of pipelines) {
    SEVERITIES.forEach(s => (failing[s] += pipeline.failing[s]));
    (Object.keys(counts) as Array<keyof typeof counts>).forEach(
      k => (counts[k] += pipeline.counts[k]),
    );
  }
  return {
    score: score.score,
    potential: score.potential,
    coverage: score.coverage,
    grade: score.grade,
    compliance: score.compliance,
    provisional: score.provisional,
    ...(posture.cap && { cap: posture.cap }),
    weakestPipeline: { id: weakest.id, name: weakest.name },
    fromProduction: rows.some(row => row.reaches === 'yes'),
    counts,
    failing,
    withoutExemptions: withoutExemptions(rows),
    fixFirst: fixFirstOf(score.decidingPipelineIds, weakest, rows, findings),
    collectedAt: rows.map(row => row.collected_at).sort()[0],
    stale: rows.some(row => row.stale_since !== null),
  };
}

const isCritical = (finding: FindingView) =>
  finding.status === 'fail' &&
  finding.severity === 'critical' &&
  !finding.preview &&
  !finding.exempt;

/**
 * The most useful fixes: what fails and is critical in any pipeline that the headline is taken from, because each of
 * them alone holds the entity at D; then what the weakest pipeline gains most from; where that is fewer than three,
 * those of the next.
 */
function fixFirstOf(
  deciding: readonly string[],
  weakest: SummaryRow,
  rows: readonly SummaryRow[],
  findings: readonly FindingView[],
): EntitySummary['fixFirst'] {
  const others = rows.filter(
    row => row.id !== weakest.id && deciding.includes(row.id),
  );
  const ordered = [weakest, ...others].map(row => {
    const own = findings.filter(({ pipelineId }) => pipelineId === row.id);
    const critical = own
      .filter(isCritical)
      .sort((a, b) => b.gainIfFixed - a.gainIfFixed)
      .map(({ controlId }) => controlId);
    const useful = (JSON.parse(row.posture) as PipelineScore).fixFirst;
    const toFix = (controlId: string) => ({
      controlId,
      pipelineId: row.id,
      gain: own.find(f => f.controlId === controlId)?.gainIfFixed ?? 0,
    });
    return {
      critical: critical.map(toFix),
      useful: useful.filter(id => !critical.includes(id)).map(toFix),
    };
  });
  return [
    ...ordered.flatMap(({ critical }) => critical),
    ...ordered.flatMap(({ useful }) => useful),
  ].slice(0, 3);
}
