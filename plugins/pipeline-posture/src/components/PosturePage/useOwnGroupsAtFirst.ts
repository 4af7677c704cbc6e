import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { pipelinePostureApiRef } from '../../api';
import { useEffect } from 'react';
import { useSearchParams } from 'react-router-dom';
import { LIST_SCHEMA } from '../pipelines/listState';
import { ownOwners } from '../../hooks/ownOwners';
import { useUrlState } from '../../hooks/useUrlState';

const VISITED = 'pipeline-posture.visited';

/**
 * Shows people who own pipelines their own ones on their first visit. It is a filter like any other: it stands in the
 * address, is shown as one, and once it is taken away it does not come back.
 */
export function useOwnGroupsAtFirst() {
  const identity = useApi(identityApiRef);
  const api = useApi(pipelinePostureApiRef);
  const { update } = useUrlState(LIST_SCHEMA);
  const [search] = useSearchParams();
  const untouched = search.toString() === '';
  useEffect(() => {
    if (!untouched || localStorage.getItem(VISITED)) return undefined;
    const controller = new AbortController();
    const find = async () => {
      const { signal } = controller;
      const own = await ownOwners({ identity, api }, signal);
      if (signal.aborted) return;
      localStorage.setItem(VISITED, 'true');
      if (own.length > 0) update({ owner: own }, { replace: true });
    };
    // Without an answer people see everything, which is what they see from the second visit on.
    find().catch(() => undefined);
    return () => controller.abort();
  }, [api, identity, untouched, update]);
}
