import { useApi } from '@backstage/core-plugin-api';
import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { useCallback } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { Result } from '../posture/results';

/**
 * Finds the exemption that covers a finding or waits for it.
 *
 * @param wanted - asked for only then: most people look at findings that nobody wants to tolerate
 */
export function useExemptions(entityRef: string, wanted: boolean) {
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const { value, reload } = useAnswer(
    `exemptions:${wanted}:${asOf}`,
    async (signal): Promise<ExemptionView[]> =>
      wanted
        ? api.listExemptions({ state: ['waiting', 'active'], asOf }, { signal })
        : [],
  );
  const exemptionOf = useCallback(
    ({ controlId, pipelineId }: Pick<Result, 'controlId' | 'pipelineId'>) =>
      value?.find(
        exemption =>
          exemption.controlId === controlId &&
          (exemption.pipelineId === pipelineId ||
            exemption.entityRef === entityRef),
      ),
    [entityRef, value],
  );
  return { exemptionOf, reload };
}
