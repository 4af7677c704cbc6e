import { TrendPoint } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dateOf, GradeMark } from '../marks';
import { Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import styles from './history.module.css';
import { linesOf } from './trendLine';

function Picture({ trend }: { trend: readonly TrendPoint[] }) {
  const t = useText();
  const locale = useLocale();
  const [first, last] = [trend[0], trend[trend.length - 1]];
  return (
    <div className={styles.trend}>
      <svg
        role="img"
        aria-label={t('history.trend.label', {
          days: String(trend.length),
          first: String(first.score),
          from: dateOf(first.day, locale),
          last: String(last.score),
          to: dateOf(last.day, locale),
        })}
        viewBox="-2 -6 104 112"
        preserveAspectRatio="none"
        className={styles.picture}
      >
        {[0, 50, 100].map(y => (
          <line key={y} x1="0" x2="100" y1={y} y2={y} className={styles.grid} />
        ))}
        {linesOf(trend).map(line => (
          <polyline
            key={line[0].day}
            className={styles.line}
            points={line.map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        ))}
      </svg>
      <span className={styles.last}>{last.score}</span>
    </div>
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
                  <th scope="row">{dateOf(point.day, locale)}</th>
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
