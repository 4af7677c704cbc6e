import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { FleetSummary } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { ownOwners } from '../../hooks/ownOwners';
import { Answer, useAnswer } from '../../hooks/useAnswer';

/** The numbers of the pipelines of what the viewer owns. */
export interface OwnSummary {
  /** Missing for a viewer who owns nothing: a filter by no owner would be none. */
  summary?: FleetSummary;
  /** Refs of the viewer's groups and the viewer that own pipelines. */
  owners: string[];
}

/** Asks how the pipelines do of what the viewer, or a group of the viewer, owns. */
export function useOwnSummary(): Answer<OwnSummary> {
  const api = useApi(pipelinePostureApiRef);
  const identity = useApi(identityApiRef);
  return useAnswer('own-summary', async signal => {
    const owners = await ownOwners({ identity, api }, signal);
    return {
      owners,
      summary:
        owners.length > 0
          ? await api.getSummary({ owner: owners }, { signal })
          : undefined,
    };
  });
}
