import { ResponseError } from '@backstage/errors';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ExemptionRequest,
  ExemptionView,
  PipelinePostureFleetApi,
} from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dayOf, When } from '../marks';

/** Why a request was not taken: there is one already, there is nothing to exempt, or something else. */
export type Refusal =
  | { kind: 'duplicate'; exemption: ExemptionView }
  | { kind: 'nothing' }
  | { kind: 'other'; message: string };

/** Finds out why a request was not taken. */
export async function refusalOf(
  error: Error,
  { controlId, pipelineId, entityRef }: ExemptionRequest,
  api: Pick<PipelinePostureFleetApi, 'listExemptions'>,
): Promise<Refusal> {
  const other: Refusal = { kind: 'other', message: error.message };
  if (!(error instanceof ResponseError)) return other;
  const message = error.body?.error?.message ?? error.message;
  if (error.response.status !== 409) return { kind: 'other', message };
  try {
    const { items } = await api.listExemptions({
      state: ['waiting', 'active'],
      control: controlId,
      pipelineId,
      entityRef,
    });
    const [exemption] = [
      ...items.filter(({ state }) => state === 'waiting'),
      ...items,
    ];
    if (exemption) return { kind: 'duplicate', exemption };
  } catch {
    return { kind: 'other', message };
  }
  return /nothing to exempt/.test(message)
    ? { kind: 'nothing' }
    : { kind: 'other', message };
}

/** Gives the words for a refusal. */
export function useRefusalText() {
  const t = useText();
  const locale = useLocale();
  return (refusal: Refusal) => {
    if (refusal.kind === 'nothing') {
      return {
        title: t('exemptions.request.duplicate.nothing'),
        description: t('exemptions.request.duplicate.nothingText'),
      };
    }
    if (refusal.kind === 'other') {
      return {
        title: t('exemptions.request.failed'),
        description: refusal.message,
      };
    }
    const { state, requestedBy, requestedAt, until } = refusal.exemption;
    return state === 'waiting'
      ? {
          title: t('exemptions.request.duplicate.waiting'),
          description: t('exemptions.request.duplicate.waitingText', {
            who: <EntityRefLink entityRef={requestedBy} hideIcon />,
            when: <When at={requestedAt} />,
          }),
        }
      : {
          title: t('exemptions.request.duplicate.active'),
          description: t('exemptions.request.duplicate.activeText', {
            date: dayOf(until, locale),
          }),
        };
  };
}
