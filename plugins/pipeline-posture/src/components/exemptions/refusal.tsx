import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ExemptionRequest,
  ExemptionView,
  PipelinePostureFleetApi,
} from 'backstage-plugin-pipeline-posture-common';
import { conflictOf, useErrorText } from '../../hooks/useErrorText';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dayOf, When } from '../marks';

/** Why a request was not taken: there is one already, there is nothing to exempt, or something else. */
export type Refusal =
  | { kind: 'duplicate'; exemption: ExemptionView }
  | { kind: 'nothing' }
  | { kind: 'other'; error: Error };

const OPEN = ['waiting', 'active'] as const;
const MOST = 100;

/** The exemption that stands in the way: for the same pipeline or entity, or for all pipelines of an entity that it is of. */
async function openOne(
  { controlId: control, pipelineId, entityRef }: ExemptionRequest,
  entityRefs: readonly string[],
  api: Pick<PipelinePostureFleetApi, 'listExemptions'>,
): Promise<ExemptionView | undefined> {
  const query = { state: [...OPEN], control };
  const { items } = await api.listExemptions({
    ...query,
    pipelineId,
    entityRef,
  });
  const find = (found: readonly ExemptionView[]) =>
    found.find(({ state }) => state === 'waiting') ?? found[0];
  if (items.length > 0 || !pipelineId) return find(items);
  const all = await api.listExemptions({ ...query, size: MOST });
  return find(
    all.items.filter(
      one =>
        entityRefs.includes(one.entityRef ?? '') ||
        one.effects?.some(effect => effect.pipelineId === pipelineId),
    ),
  );
}

/** Finds out why a request was not taken. */
export async function refusalOf(
  error: Error,
  request: ExemptionRequest,
  {
    entityRefs,
    api,
  }: {
    /** Entities that the pipeline belongs to, as far as they are known. */
    entityRefs: readonly string[];
    api: Pick<PipelinePostureFleetApi, 'listExemptions'>;
  },
): Promise<Refusal> {
  const other: Refusal = { kind: 'other', error };
  const conflict = conflictOf(error);
  if (conflict === 'nothing-to-exempt') return { kind: 'nothing' };
  if (conflict !== 'waiting-already' && conflict !== 'exempt-already')
    return other;
  try {
    const exemption = await openOne(request, entityRefs, api);
    return exemption ? { kind: 'duplicate', exemption } : other;
  } catch {
    return other;
  }
}

/** Gives the words for a refusal. */
export function useRefusalText() {
  const t = useText();
  const locale = useLocale();
  const errorText = useErrorText();
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
        description: errorText(refusal.error),
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
