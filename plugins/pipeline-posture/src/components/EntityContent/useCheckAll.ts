import { useApi } from '@backstage/core-plugin-api';
import { EntityPosture } from 'backstage-plugin-pipeline-posture-common';
import { useCallback, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useErrorText } from '../../hooks/useErrorText';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';

/**
 * Has all pipelines of an entity read anew, one after the other, so that a source is not asked for all at once.
 *
 * @param results - the controls of all of them: what is counted while they are checked
 */
export function useCheckAll(
  { pipelines }: Pick<EntityPosture, 'pipelines'>,
  results: ReadonlyArray<{ pipelineId: string }>,
  onChanged: () => void,
) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const errorText = useErrorText();
  const [checking, setChecking] = useState<{ done: string; total: string }>();
  const checkAll = useCallback(async () => {
    const total = String(results.length);
    const failed: string[] = [];
    let done = 0;
    for (const { id, name } of pipelines) {
      setChecking({ done: String(done), total });
      try {
        const { status } = await api.checkAgain(id);
        if (status !== 'succeeded') failed.push(name);
      } catch (error) {
        failed.push(`${name}: ${errorText(error as Error)}`);
      }
      done += results.filter(({ pipelineId }) => pipelineId === id).length;
    }
    setChecking(undefined);
    onChanged();
    if (failed.length === 0) {
      notify({ title: t('entity.recheck.done'), status: 'success' });
    } else {
      notify({
        title: t('entity.recheck.failed'),
        text: failed.join('; '),
        status: 'danger',
      });
    }
  }, [api, errorText, notify, onChanged, pipelines, results, t]);
  return { checking, checkAll };
}
