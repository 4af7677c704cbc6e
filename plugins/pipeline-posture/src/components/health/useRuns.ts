import { useApi } from '@backstage/core-plugin-api';
import { ScopeView } from 'backstage-plugin-pipeline-posture-common';
import { useCallback, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useErrorText } from '../../hooks/useErrorText';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';

/** How long to wait for a replica to take up what was asked for, before the list is read again. */
const TAKEN_UP_MS = 2500;

/** Starts and stops runs, and says what could not be. */
export function useRuns(onChanged: () => void) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const errorText = useErrorText();
  const [pending, setPending] = useState(false);

  const each = useCallback(
    async (
      scopes: readonly ScopeView[],
      act: (id: string) => Promise<void>,
      words: { done: string; failed: string },
    ) => {
      setPending(true);
      const results = await Promise.allSettled(scopes.map(({ id }) => act(id)));
      const errors = results.flatMap(result =>
        result.status === 'rejected' ? [errorText(result.reason as Error)] : [],
      );
      setPending(false);
      if (errors.length > 0) {
        notify({
          title: words.failed,
          text: [...new Set(errors)].join(' '),
          status: 'danger',
        });
      } else {
        notify({ title: words.done, status: 'success' });
      }
      onChanged();
      setTimeout(onChanged, TAKEN_UP_MS);
    },
    [errorText, notify, onChanged],
  );

  return {
    pending,
    start: (scopes: readonly ScopeView[]) =>
      each(scopes, id => api.runScope(id), {
        done: t('health.started', { count: scopes.length }),
        failed: t('health.notStarted'),
      }),
    stop: (scopes: readonly ScopeView[]) =>
      each(scopes, id => api.stopScope(id), {
        done: t('health.stopped', { count: scopes.length }),
        failed: t('health.notStopped'),
      }),
  };
}
