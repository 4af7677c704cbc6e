import { Knex } from 'knex';
import {
  parsePipelineRef,
  PipelineRef,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { EventConcern } from 'backstage-plugin-pipeline-posture-node';
import { repositoryNames } from '../store/repositoryRows';

/** An event that concerns more is a change for the schedule: one template can be in every pipeline. */
const MOST = 200;

/** `%`, `_` and `\` mean something to LIKE. */
const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** Known pipelines that an event is about, at most 200. */
export async function concernedPipelines(
  knex: Knex,
  provider: string,
  concern: EventConcern,
): Promise<PipelineRef[]> {
  const ids = new Set<string>();
  const add = async (query: Knex.QueryBuilder) => {
    const rows: Array<{ id: string }> = await query.limit(MOST);
    rows.forEach(row => ids.add(row.id));
  };
  const known = () =>
    knex('pipelines as p').whereNull('p.gone_at').where({ provider });
  for (const { id, scope, scopePrefix } of concern.pipelines) {
    const wanted = known().select('p.id');
    if (scope !== undefined) {
      await add(
        wanted.where('p.id', stringifyPipelineRef({ provider, scope, id })),
      );
    } else if (scopePrefix !== undefined) {
      const start = `${encodeURIComponent(provider)}~${encodeURIComponent(
        scopePrefix,
      )}`;
      const pattern = `${literally(start)}%~${literally(
        encodeURIComponent(id),
      )}`;
      await add(wanted.whereRaw(`p.id like ? escape '\\'`, [pattern]));
    }
  }
  const repositories = concern.repositories.flatMap(repositoryNames);
  if (repositories.length > 0) {
    await add(
      knex('pipeline_repositories as r')
        .join('pipelines as p', 'p.id', 'r.pipeline_id')
        .whereNull('p.gone_at')
        .whereIn('r.repository', repositories)
        .distinct('p.id'),
    );
  }
  const acting = () =>
    knex('identity_pipelines as i')
      .join('pipelines as p', 'p.id', 'i.pipeline_id')
      .whereNull('p.gone_at')
      .distinct('p.id');
  if (concern.identities.length > 0)
    await add(acting().whereIn('i.identity_id', concern.identities));
  for (const { prefix, suffix } of concern.identityPatterns ?? []) {
    const pattern = `${literally(prefix)}%/${literally(suffix)}`;
    await add(
      acting().where(identity =>
        identity
          .where('i.identity_id', `${prefix}${suffix}`)
          .orWhereRaw(`i.identity_id like ? escape '\\'`, [pattern]),
      ),
    );
  }
  return [...ids].slice(0, MOST).flatMap(id => parsePipelineRef(id) ?? []);
}
