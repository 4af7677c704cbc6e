import { Knex } from 'knex';
import {
  normaliseRepositoryUrl,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { fit } from './fit';

/** Names of a repository that events and snapshots have in common: its address, and what its host calls it. */
export function repositoryNames(repository: {
  url?: string;
  host?: string;
  name?: string;
}): string[] {
  const { url, host, name } = repository;
  const address = url && normaliseRepositoryUrl(url);
  return [
    ...(address ? [fit(address)] : []),
    ...(host && name
      ? [fit(`${host}:${name.toLocaleLowerCase('en-US')}`)]
      : []),
  ];
}

/** Writes where a pipeline takes code and templates from. What is not known leaves it as it was. */
export async function saveRepositories(
  tx: Knex,
  pipelineId: string,
  { sources }: PipelineSnapshot,
): Promise<void> {
  if (!sources.known) return;
  const wanted = new Set(
    sources.value
      .filter(source => source.kind === 'repository')
      .flatMap(repositoryNames),
  );
  const rows: Array<{ repository: string }> = await tx(
    'pipeline_repositories',
  ).where({ pipeline_id: pipelineId });
  const old = new Set(rows.map(row => row.repository));
  const lost = [...old].filter(name => !wanted.has(name));
  const won = [...wanted].filter(name => !old.has(name));
  if (lost.length > 0) {
    await tx('pipeline_repositories')
      .where({ pipeline_id: pipelineId })
      .whereIn('repository', lost)
      .delete();
  }
  if (won.length > 0) {
    await tx('pipeline_repositories').insert(
      won.map(repository => ({ pipeline_id: pipelineId, repository })),
    );
  }
}
