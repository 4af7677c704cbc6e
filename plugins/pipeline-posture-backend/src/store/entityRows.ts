import { Knex } from 'knex';
import { chunked } from './keys';
import { isPostgres } from './migrate';

/** A row of `entities`. */
export interface EntityRow {
  entity_ref: string;
  kind: string;
  title: string | null;
  owner: string | null;
  system: string | null;
  lifecycle: string | null;
  links_hash: string;
  dirty: boolean | number;
  score: number | null;
  grade: number | null;
  compliance: number | null;
  posture: string | null;
  label_seq: number | null;
  gone: boolean | number;
  /** Since which day it has been as it is, UTC. */
  valid_from: string;
  version: number;
}

/** Entities that nobody else changes until the transaction ends: what is kept of them must be what is replaced. */
export async function lockedEntities(
  tx: Knex,
  refs: readonly string[],
): Promise<EntityRow[]> {
  const rows: EntityRow[] = [];
  for (const chunk of chunked(refs)) {
    const query = tx<EntityRow>('entities')
      .whereIn('entity_ref', chunk)
      .orderBy('entity_ref');
    if (isPostgres(tx)) query.forNoKeyUpdate();
    rows.push(...(await query));
  }
  return rows;
}

/** Keeps entities as they were, those that were so at the end of any day. An entity that was gone was nothing. */
export async function archiveEntities(
  tx: Knex,
  rows: readonly EntityRow[],
  today: string,
): Promise<void> {
  const past = rows.filter(row => row.valid_from < today && !row.gone);
  for (const chunk of chunked(past, 100)) {
    await tx('entity_versions')
      .insert(
        chunk.map(row => ({
          entity_ref: row.entity_ref,
          from_day: row.valid_from,
          until_day: today,
          kind: row.kind,
          title: row.title,
          owner: row.owner,
          system: row.system,
          lifecycle: row.lifecycle,
          score: row.score,
          grade: row.grade,
          compliance: row.compliance,
        })),
      )
      .onConflict(['entity_ref', 'from_day'])
      .ignore();
  }
}
