import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { Link } from '@backstage/ui';
import {
  PipelineFilter,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { rootRouteRef } from '../../routes';
import { Panel, Waiting } from '../parts';
import { entityName } from '../pipelines/filterFields';
import { ListState } from '../pipelines/listState';
import { Failure } from '../states';
import { BarList } from './BarList';
import { percentOf } from './percent';

const SHAPE = [180];
const SHOWN = 6;

/** Owners of which the smallest share complies. Choosing one filters everything to its pipelines. */
export function WeakestGroups(props: {
  filter: PipelineFilter;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const locale = useLocale();
  const { keep } = useAsOf();
  const api = useApi(pipelinePostureApiRef);
  const root = useRouteRef(rootRouteRef)();
  const { filter, url } = props;
  const { value, error, reload } = useAnswer(
    JSON.stringify(filter),
    signal => api.getRollUps('owner', { signal }, filter),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const groups = value.filter(({ ref }) => ref !== undefined);
  return (
    <Panel
      heading={t('fleet.owners')}
      beside={<Link href={keep(`${root}/groups`)}>{t('fleet.allOwners')}</Link>}
    >
      <BarList
        label={t('fleet.owners')}
        bars={groups.slice(0, SHOWN).map(group => {
          const ref = group.ref ?? '';
          const { compliant } = group.byCompliance;
          return {
            key: ref,
            mark: entityName(ref),
            share: compliant / (group.entities || 1),
            words: t('groups.share', {
              compliant: String(compliant),
              all: String(group.entities),
              percent: percentOf(compliant, group.entities, locale),
            }),
            chosen: url.state.owner.includes(ref),
            onChoose: () => url.update({ owner: [ref], page: 1 }),
          };
        })}
      />
    </Panel>
  );
}
