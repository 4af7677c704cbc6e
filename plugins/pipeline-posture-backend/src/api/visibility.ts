import { Knex } from 'knex';
import { Visible } from '../access/EntityAccess';
import { isPostgres } from '../store/migrate';

/** Limits a query to rows whose column is in a list of any length, which is passed as one value. */
export function whereInList<Q extends Knex.QueryBuilder>(
  knex: Knex,
  query: Q,
  column: string,
  values: Iterable<string>,
): Q {
  const list = isPostgres(knex)
    ? 'select jsonb_array_elements_text(?::jsonb)'
    : 'select value from json_each(?)';
  query.whereRaw(`?? in (${list})`, [column, JSON.stringify([...values])]);
  return query;
}

/** Pipelines that belong to an entity which the caller may see; with `unlinked`, also those that belong to none. */
export function onlyVisible<Q extends Knex.QueryBuilder>(
  knex: Knex,
  query: Q,
  visible: Visible,
  options: { unlinked: boolean },
): Q {
  const edge = () =>
    knex('entity_pipelines as ve')
      .whereRaw('ve.pipeline_id = p.id')
      .select(knex.raw('1'));
  const seen =
    visible === 'all'
      ? edge()
      : whereInList(knex, edge(), 've.entity_ref', visible);
  if (options.unlinked) {
    if (visible === 'all') return query;
    query.where(any => any.whereExists(seen).orWhereNotExists(edge()));
  } else {
    query.whereExists(seen);
  }
  return query;
}

/** Of these entities, those that the caller may see. */
export const visibleOf = (refs: readonly string[], visible: Visible) =>
  visible === 'all' ? [...refs] : refs.filter(ref => visible.has(ref));
