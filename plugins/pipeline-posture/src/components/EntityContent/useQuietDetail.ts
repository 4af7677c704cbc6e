import { useApi } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { Result, resultsOfPipeline } from '../posture/results';

/**
 * Fetches what was seen for a passing control once somebody opens it. An entity's answer holds only its status.
 *
 * @returns the results, the opened one with its detail as soon as it is there
 */
export function useQuietDetail(
  results: readonly Result[],
  openKey: string,
): readonly Result[] {
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const opened = results.find(({ key }) => key === openKey);
  const pipelineId = opened && !opened.finding ? opened.pipelineId : undefined;
  const { value } = useAnswer(
    `quiet:${pipelineId ?? ''}:${asOf}`,
    async signal =>
      pipelineId ? api.getPipeline(pipelineId, { signal, asOf }) : undefined,
  );
  return useMemo(() => {
    if (!value) return results;
    const detailed = new Map(resultsOfPipeline(value).map(r => [r.key, r]));
    return results.map(result =>
      result.finding ? result : detailed.get(result.key) ?? result,
    );
  }, [results, value]);
}
