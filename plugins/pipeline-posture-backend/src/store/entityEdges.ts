import { Knex } from 'knex';
import { dayOf } from '../history/days';
import { chunked } from './keys';
import { archiveEdges } from './versions';

interface Edge {
  entity_ref: string;
  pipeline_id: string;
}

/**
 * Finds anew which pipelines belong to which entities, for some of either.
 * Entities that win or lose one are scored again.
 */
export async function replaceEdges(
  tx: Knex.Transaction,
  side: 'entity_ref' | 'pipeline_id',
  values: readonly string[],
  now: Date,
): Promise<void> {
  const column = side === 'entity_ref' ? 't.entity_ref' : 'k.pipeline_id';
  const wanted: Edge[] = await tx('entity_targets as t')
    .join('pipeline_keys as k', 'k.key', 't.key')
    .whereIn(column, values)
    .groupBy('t.entity_ref', 't.group_no', 'k.pipeline_id')
    .havingRaw('count(*) = max(t.group_size)')
    .select('t.entity_ref', 'k.pipeline_id');
  const present: Array<Edge & { valid_from: string }> = await tx(
    'entity_pipelines',
  ).whereIn(side, values);
  const name = (edge: Edge) => `${edge.entity_ref} ${edge.pipeline_id}`;
  const wantedByName = new Map(wanted.map(edge => [name(edge), edge]));
  const presentNames = new Set(present.map(name));
  const lost = present.filter(edge => !wantedByName.has(name(edge)));
  const won = [...wantedByName.values()].filter(
    edge => !presentNames.has(name(edge)),
  );
  await archiveEdges(tx, lost, now);
  for (const { entity_ref, pipeline_id } of lost) {
    await tx('entity_pipelines').where({ entity_ref, pipeline_id }).delete();
  }
  const valid_from = dayOf(now);
  for (const chunk of chunked(won)) {
    await tx('entity_pipelines')
      .insert(
        chunk.map(({ entity_ref, pipeline_id }) => ({
          entity_ref,
          pipeline_id,
          valid_from,
        })),
      )
      .onConflict()
      .ignore();
  }
  const refs = [...lost, ...won].map(edge => edge.entity_ref);
  for (const chunk of chunked([...new Set(refs)])) {
    await tx('entities').whereIn('entity_ref', chunk).update({ dirty: true });
  }
}
