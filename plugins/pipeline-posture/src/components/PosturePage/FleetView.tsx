import { useRouteRef } from '@backstage/core-plugin-api';
import { ButtonLink } from '@backstage/ui';
import { useMay } from '../../hooks/useAbout';
import { useText } from '../../hooks/useText';
import { ExportButtons, FleetNumbers } from '../fleet';
import { EmptyPanel } from '../parts';
import { rootRouteRef } from '../../routes';
import { PipelineList } from '../pipelines';
import { useOwnGroupsAtFirst } from './useOwnGroupsAtFirst';

/** All pipelines that the viewer may see. */
export function FleetView() {
  const t = useText();
  const may = useMay();
  const root = useRouteRef(rootRouteRef)();
  useOwnGroupsAtFirst();
  return (
    <PipelineList
      heading={t('fleet.pipelines')}
      above={list => <FleetNumbers {...list} />}
      beside={list => <ExportButtons {...list} />}
      empty={
        <EmptyPanel
          title={t('state.emptyFleet.title')}
          text={t('state.emptyFleet.text')}
        >
          {may.seeCollector && (
            <ButtonLink href={`${root}/health`} variant="secondary">
              {t('state.emptyFleet.health')}
            </ButtonLink>
          )}
        </EmptyPanel>
      }
    />
  );
}
