import { TrendPoint } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { TrendChart } from '../charts';
import { dayOf, GradeMark } from '../marks';
import { Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import styles from './history.module.css';

function Picture({ trend }: { trend: readonly TrendPoint[] }) {
  const t = useText();
  const locale = useLocale();
  const [first, last] = [trend[0], trend[trend.length - 1]];
  return (
    <TrendChart
      label={t('history.trend.label', {
        days: String(trend.length),
        first: String(first.score),
        from: dayOf(first.day, locale),
        last: String(last.score),
        to: dayOf(last.day, locale),
      })}
      values={trend.map(({ day, score }) => ({ day, value: score }))}
      say={String}
    />
  );
}

/** How the score went, drawn and as a table. */
export function TrendPanel({ trend }: { trend: readonly TrendPoint[] }) {
  const t = useText();
  const locale = useLocale();
  if (trend.length < 2) {
    return (
      <Panel heading={t('history.trend.heading')}>
        <p>{t('history.trend.few')}</p>
      </Panel>
    );
  }
  return (
    <Panel heading={t('history.trend.heading')}>
      <Picture trend={trend} />
      <p className={styles.note}>{t('history.trend.note')}</p>
      <details>
        <summary>{t('history.trend.table')}</summary>
        <Scroll label={t('table', { name: t('history.trend.heading') })}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('history.trend.day')}</th>
                <th scope="col" className={table.number}>
                  {t('history.trend.score')}
                </th>
                <th scope="col">{t('history.trend.grade')}</th>
                <th scope="col" className={table.number}>
                  {t('history.trend.failing')}
                </th>
                <th scope="col" className={table.number}>
                  {t('history.trend.unknown')}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...trend].reverse().map(point => (
                <tr key={point.day}>
                  <th scope="row">{dayOf(point.day, locale)}</th>
                  <td className={table.number}>{point.score}</td>
                  <td>
                    <GradeMark grade={point.grade} />
                  </td>
                  <td className={table.number}>{point.failing}</td>
                  <td className={table.number}>{point.unknown}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </Panel>
  );
}
