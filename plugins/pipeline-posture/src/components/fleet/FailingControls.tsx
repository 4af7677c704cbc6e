import { useApi } from '@backstage/core-plugin-api';
import { FleetSummary } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { Panel } from '../parts';
import { ListState } from '../pipelines/listState';
import { BarList } from './BarList';

const SHOWN = 6;

/** The controls that fail in most pipelines. */
export function FailingControls(props: {
  summary: FleetSummary;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { summary, url } = props;
  const { value: controls } = useAnswer('controls', signal =>
    api.listControls({ signal }),
  );
  const titles = new Map(controls?.map(({ id, title }) => [id, title]));
  const failing = summary.controls
    .filter(control => control.failing > 0)
    .slice(0, SHOWN);
  return (
    <Panel heading={t('fleet.failingControls')}>
      {failing.length === 0 ? (
        <p>{t('fleet.noneFailing')}</p>
      ) : (
        <BarList
          label={t('fleet.failingControls')}
          total={summary.pipelines}
          bars={failing.map(({ controlId, failing: number }) => {
            const title = titles.get(controlId) ?? controlId;
            return {
              key: controlId,
              mark: <span lang="en">{title}</span>,
              number,
              chosen: url.state.control === controlId,
              onChoose: () =>
                url.update({ control: controlId, status: ['fail'], page: 1 }),
            };
          })}
        />
      )}
    </Panel>
  );
}
