import { Knex } from 'knex';
import {
  COMPLIANCES,
  EntityScore,
  GRADES,
  scoreEntity,
} from 'backstage-plugin-pipeline-posture-common';
import { dayOf } from '../history/days';
import { archiveEntities, EntityRow } from './entityRows';
import { isPostgres } from './migrate';
import { PipelineRow } from './pipelineRows';
import { transact } from './transact';

const BATCH = 200;

/** Adds to a counter and holds it until the transaction ends, so that its numbers are in the order of commits. @returns its value after */
async function count(tx: Knex, name: string, by: number): Promise<number> {
  await tx('counters').where({ name }).increment('value', by);
  const { value } = await tx('counters').where({ name }).first();
  return value;
}

/**
 * Scores some of the entities that need it.
 *
 * @returns how many, and the refs of those whose labels changed
 */
export async function settleSome(
  knex: Knex,
  now: Date,
): Promise<{ settled: number; changed: string[] }> {
  return transact(knex, async tx => {
    const query = tx<EntityRow>('entities')
      .where({ dirty: true })
      .orderBy('entity_ref')
      .limit(BATCH);
    // A link that is being written needs the entity to stay, not to stay as it is.
    if (isPostgres(knex)) query.forNoKeyUpdate().skipLocked();
    const rows = await query;
    if (rows.length === 0) return { settled: 0, changed: [] };
    const refs = rows.map(row => row.entity_ref);
    const scores = await scoresOf(tx, refs);
    const today = dayOf(now);
    const after = rows.map((row): EntityRow => {
      const score = scores.get(row.entity_ref);
      return {
        ...row,
        dirty: false,
        score: score?.score ?? null,
        grade: score ? GRADES.indexOf(score.grade) : null,
        compliance: score ? COMPLIANCES.indexOf(score.compliance) : null,
        posture: score ? JSON.stringify(score) : null,
      };
    });
    const moved = rows.filter(
      (row, i) =>
        row.score !== after[i].score ||
        row.grade !== after[i].grade ||
        row.compliance !== after[i].compliance,
    );
    await archiveEntities(tx, moved, today);
    const relabelled = rows.filter(
      (row, i) =>
        row.grade !== after[i].grade || row.compliance !== after[i].compliance,
    );
    const version = await count(tx, 'entities', 1);
    const last =
      relabelled.length > 0 ? await count(tx, 'labels', relabelled.length) : 0;
    const numbers = new Map(
      relabelled.map((row, i) => [
        row.entity_ref,
        last - relabelled.length + i + 1,
      ]),
    );
    const movedRefs = new Set(moved.map(row => row.entity_ref));
    await tx('entities')
      .insert(
        after.map(row => ({
          ...row,
          version,
          label_seq: numbers.get(row.entity_ref) ?? row.label_seq,
          valid_from: movedRefs.has(row.entity_ref) ? today : row.valid_from,
        })),
      )
      .onConflict('entity_ref')
      .merge([
        'dirty',
        'score',
        'grade',
        'compliance',
        'posture',
        'version',
        'label_seq',
        'valid_from',
      ]);
    return {
      settled: rows.length,
      changed: relabelled.map(row => row.entity_ref),
    };
  });
}

async function scoresOf(
  tx: Knex,
  entityRefs: string[],
): Promise<Map<string, EntityScore>> {
  const rows = await tx('entity_pipelines as e')
    .join('pipelines as p', 'p.id', 'e.pipeline_id')
    .whereIn('e.entity_ref', entityRefs)
    .whereNull('p.gone_at')
    .select<
      Array<
        Pick<PipelineRow, 'id' | 'posture' | 'reaches'> & {
          entity_ref: string;
        }
      >
    >('e.entity_ref', 'p.id', 'p.posture', 'p.reaches');
  const byEntity = new Map<string, typeof rows>();
  for (const row of rows) {
    const list = byEntity.get(row.entity_ref);
    if (list) list.push(row);
    else byEntity.set(row.entity_ref, [row]);
  }
  const scores = new Map<string, EntityScore>();
  for (const [entityRef, pipelines] of byEntity) {
    const score = scoreEntity(
      pipelines.map(p => ({
        id: p.id,
        reachesProduction: p.reaches,
        posture: JSON.parse(p.posture),
      })),
    );
    if (score) scores.set(entityRef, score);
  }
  return scores;
}
