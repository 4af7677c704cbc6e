import { useApi } from '@backstage/core-plugin-api';
import { EntityPosture } from 'backstage-plugin-pipeline-posture-common';
import { useCallback } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAsOf } from '../../hooks/useAsOf';
import { useErrorText } from '../../hooks/useErrorText';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { FindingSurroundings } from '../finding';
import { Result } from '../posture/results';
import { TabState } from './tabState';

/** What is said of a result after a check. */
const OUTCOMES = {
  pass: 'passing',
  fail: 'failing',
  unknown: 'unknown',
  'not-applicable': 'done',
} as const;

const SEVERITIES = {
  passing: 'success',
  failing: 'warning',
  unknown: 'warning',
  done: 'success',
} as const;

/** Has a pipeline read anew and says what became of a finding. */
export function useCheckAgain(onChanged: () => void) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const errorText = useErrorText();
  return useCallback(
    async (
      result: Pick<
        Result,
        'controlId' | 'pipelineId' | 'title' | 'pipelineName'
      >,
    ) => {
      const text = t('entity.recheck.text', {
        control: result.title,
        pipeline: result.pipelineName,
      });
      try {
        const run = await api.checkAgain(result.pipelineId);
        if (run.status === 'succeeded') {
          const { findings } = await api.getPipeline(result.pipelineId);
          const finding = findings.find(
            ({ controlId }) => controlId === result.controlId,
          );
          const outcome = OUTCOMES[finding?.status ?? 'not-applicable'];
          notify({
            title: t(`entity.recheck.${outcome}`),
            text,
            status: SEVERITIES[outcome],
          });
        } else {
          notify({
            title: t('entity.recheck.failed'),
            text: result.pipelineName,
            status: 'danger',
          });
        }
        onChanged();
      } catch (error) {
        notify({
          title: t('entity.recheck.failed'),
          text: errorText(error as Error),
          status: 'danger',
        });
      }
    },
    [api, errorText, notify, onChanged, t],
  );
}

/** What the details of an entity's findings need beside the findings. */
export function useFindingSurroundings(options: {
  posture: EntityPosture;
  url: UrlState<TabState>;
  onChanged: () => void;
}): (result: Result) => FindingSurroundings {
  const { posture, url, onChanged } = options;
  const { asOf } = useAsOf();
  const checkAgain = useCheckAgain(onChanged);
  return useCallback(
    result => {
      const pipeline = posture.pipelines.find(
        ({ id }) => id === result.pipelineId,
      );
      return {
        score: pipeline?.score,
        cap: pipeline?.cap,
        collectedAt: pipeline?.collectedAt,
        // For an entity of one pipeline both are the same.
        entityRefs: posture.pipelines.length > 1 ? [posture.entityRef] : [],
        onRequested: onChanged,
        may: { ...posture.may, checkAgain: posture.may.checkAgain && !asOf },
        address: () => {
          const { origin, pathname } = window.location;
          return `${origin}${pathname}${url.searchWith({
            finding: result.key,
          })}`;
        },
        onCheckAgain: checkAgain,
      };
    },
    [asOf, checkAgain, onChanged, posture, url],
  );
}
