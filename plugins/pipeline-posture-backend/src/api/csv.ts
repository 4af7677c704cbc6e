import {
  PipelineScore,
  PipelineSummary,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetView, tierOf } from '../fleet/FleetView';
import { SummaryRow } from './views';

/**
 * Columns of the export; a stable contract, in English whatever the language of the screen. New ones are added at the
 * end.
 */
export const CSV_COLUMNS = [
  'entityRef',
  'pipelineId',
  'platform',
  'owner',
  'system',
  'environment',
  'grade',
  'score',
  'scoreWithoutExemptions',
  'controlsChecked',
  'controlsTotal',
  'failingCritical',
  'failingHigh',
  'failingMedium',
  'failingLow',
  'unknown',
  'exempt',
  'lastChecked',
  'ruleset',
  'asOf',
  'url',
  'pipeline',
  'scope',
  'compliance',
  'potential',
  'coverage',
  'stale',
];

/** A cell that starts like a formula is text, whatever program opens the file. */
function cell(value: string | number | boolean): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** One line of the export, with its end. */
export const csvLine = (values: Array<string | number | boolean>) =>
  `${values.map(cell).join(',')}\r\n`;

/** Several values in one cell; each once, in an order that does not change. */
const together = (values: ReadonlyArray<string | undefined>) =>
  [...new Set(values.filter(Boolean))].sort().join(' ');

/**
 * The line of a pipeline.
 *
 * @param of - `view`: as the caller may see it; `asOf`: the day of the content
 */
export function csvLineOf(
  pipeline: PipelineSummary,
  of: { row: SummaryRow; view: FleetView; asOf: string },
): string {
  const { row, view, asOf } = of;
  const { counts } = pipeline;
  const known = view.fleet.pipeline(pipeline.id);
  const entities = known ? view.entitiesOf(known) : [];
  const { withoutExemptions }: PipelineScore = JSON.parse(row.posture);
  const checked = counts.pass + counts.fail;
  return csvLine([
    together(pipeline.entityRefs),
    pipeline.id,
    pipeline.provider,
    together(entities.map(({ owner }) => owner)),
    together(entities.map(({ system }) => system)),
    tierOf({ reaches: row.reaches }),
    pipeline.grade,
    pipeline.score,
    withoutExemptions.score,
    checked,
    checked + counts.unknown,
    ...SEVERITIES.map(severity => pipeline.failing[severity]),
    counts.unknown,
    counts.exempt,
    pipeline.collectedAt,
    row.rubric,
    asOf,
    pipeline.url,
    pipeline.name,
    pipeline.scope,
    pipeline.compliance,
    pipeline.potential,
    pipeline.coverage,
    pipeline.stale,
  ]);
}
