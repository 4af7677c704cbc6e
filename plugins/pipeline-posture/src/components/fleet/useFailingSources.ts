import { useApi } from '@backstage/core-plugin-api';
import { pipelinePostureApiRef } from '../../api';
import { useMay } from '../../hooks/useAbout';
import { useAnswer } from '../../hooks/useAnswer';

/** How many sources cannot be read; undefined for those who may not see the collector, and until it is known. */
export function useFailingSources(): number | undefined {
  const { seeCollector } = useMay();
  const api = useApi(pipelinePostureApiRef);
  const { value } = useAnswer(`health:${seeCollector}`, async signal =>
    seeCollector ? api.getHealth({ signal }) : undefined,
  );
  return value?.sources.filter(({ state }) => state === 'failing').length;
}
