import { useText } from '../../hooks/useText';
import { ExportButtons, FleetNumbers } from '../fleet';
import { EmptyPanel } from '../parts';
import { PipelineList } from '../pipelines';

/** All pipelines that the viewer may see. */
export function FleetView() {
  const t = useText();
  return (
    <PipelineList
      heading={t('fleet.pipelines')}
      above={list => <FleetNumbers {...list} />}
      beside={list => <ExportButtons query={list.query} />}
      empty={
        <EmptyPanel
          title={t('state.emptyFleet.title')}
          text={t('state.emptyFleet.text')}
        />
      }
    />
  );
}
