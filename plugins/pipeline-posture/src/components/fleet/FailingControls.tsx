import { FleetSummary } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { Panel } from '../parts';
import { ListState } from '../pipelines/listState';
import { BarList } from './BarList';
import { percentOf } from './percent';

const SHOWN = 10;

/** The controls that fail in most pipelines. */
export function FailingControls(props: {
  summary: FleetSummary;
  titles: ReadonlyMap<string, string>;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const locale = useLocale();
  const { summary, titles, url } = props;
  const failing = summary.controls
    .filter(control => control.failing > 0)
    .slice(0, SHOWN);
  return (
    <Panel heading={t('fleet.failingControls')}>
      {failing.length === 0 ? (
        <p>{t('fleet.noneFailing')}</p>
      ) : (
        <BarList
          wide
          label={t('fleet.failingControls')}
          bars={failing.map(({ controlId, failing: number }) => ({
            key: controlId,
            mark: <span lang="en">{titles.get(controlId) ?? controlId}</span>,
            share: number / (summary.pipelines || 1),
            words: t('fleet.ofAll', {
              number: String(number),
              percent: percentOf(number, summary.pipelines, locale),
            }),
            chosen: url.state.control === controlId,
            onChoose: () =>
              url.update({ control: controlId, status: ['failing'], page: 1 }),
          }))}
        />
      )}
    </Panel>
  );
}
