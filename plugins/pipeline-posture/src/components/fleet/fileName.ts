import { PipelineFilter } from 'backstage-plugin-pipeline-posture-common';
import { entityName } from '../pipelines/filterFields';

const NAMED = [
  'owner',
  'system',
  'domain',
  'grade',
  'compliance',
  'severity',
  'dimension',
  'control',
] as const;
const LONGEST = 120;

const safe = (part: string) => part.replace(/[^A-Za-z0-9.-]+/g, '-');

/**
 * Name of a file with the pipelines that a filter lets through: `pipeline-posture_2026-11-21_owner-payments.csv`.
 *
 * @param day - of the content, `2026-11-21`
 */
export function fileNameOf(
  filter: PipelineFilter,
  day: string,
  ending: string,
): string {
  const parts = NAMED.flatMap(name =>
    [filter[name] ?? []]
      .flat()
      .filter(value => value !== '')
      .map(value => `${name}-${safe(entityName(value))}`),
  );
  const name = ['pipeline-posture', day, ...parts].join('_').slice(0, LONGEST);
  return `${name}.${ending}`;
}
