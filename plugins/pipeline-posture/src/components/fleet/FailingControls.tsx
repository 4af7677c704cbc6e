import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { Panel } from '../parts';
import { ListState } from '../pipelines/listState';
import { BarList } from './BarList';
import { percentOf } from './percent';

const SHOWN = 10;

/** The controls that fail in most pipelines. Choosing one filters everything to exactly those. */
export function FailingControls(props: {
  /** Most frequent first. */
  controls: ReadonlyArray<{ controlId: string; failing: number }>;
  /** Pipelines of which these are a part; missing where they are not part of what is listed. */
  of?: number;
  titles: ReadonlyMap<string, string>;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const locale = useLocale();
  const { controls, of, titles, url } = props;
  const failing = controls
    .filter(control => control.failing > 0)
    .slice(0, SHOWN);
  const most = of ?? failing[0]?.failing;
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
            share: number / (most || 1),
            words:
              of === undefined
                ? String(number)
                : t('fleet.ofAll', {
                    number: String(number),
                    percent: percentOf(number, of, locale),
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
