import { Knex } from 'knex';
import { FleetEntity } from '../fleet/Fleet';

/** An entity with a score, and the days on whose end it was so. */
export type EntitySpan = FleetEntity & { from: string; until: string };

const COLUMNS = [
  'entity_ref',
  'owner',
  'system',
  'score',
  'grade',
  'compliance',
] as const;

interface SpanRow {
  entity_ref: string;
  owner: string | null;
  system: string | null;
  score: number;
  grade: number;
  compliance: number;
  from: string;
  until: string;
}

/** What entities were at any time since a day. */
export async function entitySpans(
  knex: Knex,
  since: string,
): Promise<EntitySpan[]> {
  const now: SpanRow[] = await knex('entities')
    .where({ gone: false })
    .whereNotNull('score')
    .select(...COLUMNS, 'valid_from as from', knex.raw(`'9999' as until`));
  const past: SpanRow[] = await knex('entity_versions')
    .where('until_day', '>', since)
    .whereNotNull('score')
    .select(...COLUMNS, 'from_day as from', 'until_day as until');
  return [...now, ...past].map(row => ({
    ref: row.entity_ref,
    ...(row.owner && { owner: row.owner }),
    ...(row.system && { system: row.system }),
    score: row.score,
    grade: row.grade,
    compliance: row.compliance,
    pipelineIds: [],
    from: row.from,
    until: row.until,
  }));
}
