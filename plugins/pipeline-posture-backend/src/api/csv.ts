import {
  PipelineSummary,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';

/** Columns of the export; a stable contract, in English whatever the language of the screen. */
export const CSV_COLUMNS = [
  'entityRef',
  'pipelineId',
  'pipeline',
  'platform',
  'scope',
  'reachesProduction',
  'grade',
  'score',
  'potential',
  'coverage',
  'compliance',
  'failingCritical',
  'failingHigh',
  'failingMedium',
  'failingLow',
  'unknown',
  'exempt',
  'lastChecked',
  'stale',
  'url',
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

/** The line of a pipeline. */
export const csvLineOf = (pipeline: PipelineSummary) =>
  csvLine([
    pipeline.entityRefs.join(' '),
    pipeline.id,
    pipeline.name,
    pipeline.provider,
    pipeline.scope,
    pipeline.reachesProduction,
    pipeline.grade,
    pipeline.score,
    pipeline.potential,
    pipeline.coverage,
    pipeline.compliance,
    ...SEVERITIES.map(severity => pipeline.failing[severity]),
    pipeline.counts.unknown,
    pipeline.counts.exempt,
    pipeline.collectedAt,
    pipeline.stale,
    pipeline.url,
  ]);
