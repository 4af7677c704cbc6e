import { Scope } from 'backstage-plugin-pipeline-posture-node';

/** Key of a scope: it is unique over providers. */
export const scopeKey = (scope: Pick<Scope, 'provider' | 'id'>) =>
  `${encodeURIComponent(scope.provider)}~${encodeURIComponent(scope.id)}`;

/** Key of a configured source. */
export const sourceKey = (provider: string, sourceId: string) =>
  `${encodeURIComponent(provider)}~${encodeURIComponent(sourceId)}`;

/** Splits a list so that no statement has more values than a database takes. */
export function chunked<T>(list: readonly T[], size = 200): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < list.length; i += size)
    chunks.push(list.slice(i, i + size));
  return chunks;
}
