import { IdentityApi } from '@backstage/core-plugin-api';
import { PipelinePostureInsightApi } from 'backstage-plugin-pipeline-posture-common';

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
  return owner.map(({ value }) => value).filter(ref => own.has(ref));
}
