import { IdentityApi } from '@backstage/core-plugin-api';
import {
  MOST_FACET_VALUES,
  PipelinePostureInsightApi,
} from 'backstage-plugin-pipeline-posture-common';

/** As many as an address has room for. */
const AT_ONCE = 100;
const MOST_QUESTIONS = 20;

/**
 * The viewer and the viewer's groups, as far as they own pipelines: somebody can
 * be in more groups than an address has room for.
 */
export async function ownOwners(
  {
    identity,
    api,
  }: {
    identity: IdentityApi;
    api: Pick<PipelinePostureInsightApi, 'getFacets'>;
  },
  signal: AbortSignal,
): Promise<string[]> {
  const [{ ownershipEntityRefs }, { owner }] = await Promise.all([
    identity.getBackstageIdentity(),
    api.getFacets({}, { signal }),
  ]);
  const own = new Set(ownershipEntityRefs);
  const found = new Set(
    owner.map(({ value }) => value).filter(ref => own.has(ref)),
  );
  if (owner.length < MOST_FACET_VALUES) return [...found];
  // The answer had no room for groups that own few pipelines: those are asked for by name.
  const others = [...own].filter(ref => !found.has(ref));
  const parts = Array.from(
    { length: Math.min(Math.ceil(others.length / AT_ONCE), MOST_QUESTIONS) },
    (_, at) => others.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const answers = await Promise.all(
    parts.map(part => api.getFacets({ owner: part }, { signal })),
  );
  for (const { value } of answers.flatMap(each => each.owner))
    if (own.has(value)) found.add(value);
  return [...found];
}
