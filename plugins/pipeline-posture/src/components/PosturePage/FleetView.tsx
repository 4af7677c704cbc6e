import { useText } from '../../hooks/useText';
import { FleetNumbers } from '../fleet';
import { EmptyPanel } from '../parts';
import { PipelineList } from '../pipelines';

/** All pipelines that the viewer may see. */
export function FleetView() {
  const t = useText();
  return (
    <PipelineList
      heading={t('fleet.pipelines')}
      above={list => <FleetNumbers {...list} />}
      empty={
        <EmptyPanel
          title={t('state.emptyFleet.title')}
          text={t('state.emptyFleet.text')}
        />
      }
    />
  );
}
