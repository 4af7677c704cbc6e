import { useApi } from '@backstage/core-plugin-api';
import {
  FleetFacets,
  PipelineFilter,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';

/**
 * Controls and severities by the pipelines in which they fail, over all other filters. The facets of the list say it,
 * unless it is about another status; then it is asked for.
 */
export function useFailingFacets(
  filter: PipelineFilter,
  facets: FleetFacets | undefined,
): FleetFacets | undefined {
  const api = useApi(pipelinePostureApiRef);
  const other = filter.status?.some(status => status !== 'fail') ?? false;
  const query: PipelineFilter = { ...filter, status: ['fail'] };
  const { value } = useAnswer(
    other ? JSON.stringify(query) : '',
    async signal => (other ? api.getFacets(query, { signal }) : undefined),
    { keep: true },
  );
  return other ? value : facets;
}
