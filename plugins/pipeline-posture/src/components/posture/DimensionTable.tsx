import {
  Dimension,
  DIMENSIONS,
  Score,
} from 'backstage-plugin-pipeline-posture-common';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { useText } from '../../hooks/useText';
import { Panel, Scroll } from '../parts';
import { countByStatus, Result } from './results';
import styles from './dimensions.module.css';

function Bar({ score, potential }: Score) {
  return (
    <div className={styles.bar} aria-hidden="true">
      <div className={styles.reached} style={{ inlineSize: `${score}%` }} />
      <div
        className={styles.possible}
        style={{ inlineSize: `${potential - score}%` }}
      />
    </div>
  );
}

interface Props {
  dimensions: Partial<Record<Dimension, Score>>;
  /** Results of the same pipeline. */
  results: readonly Result[];
}

function Rows({ dimensions, results }: Props) {
  const t = useText();
  return (
    <Scroll label={t('table', { name: t('entity.dimensions.heading') })}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('entity.dimensions.dimension')}</th>
            <th scope="col">{t('entity.dimensions.bar')}</th>
            <th scope="col" className={styles.number}>
              {t('entity.dimensions.score')}
            </th>
            <th scope="col" className={styles.number}>
              {t('entity.dimensions.potential')}
            </th>
            <th scope="col">{t('entity.dimensions.results')}</th>
          </tr>
        </thead>
        <tbody>
          {DIMENSIONS.map(dimension => {
            const score = dimensions[dimension];
            const counts = countByStatus(
              results.filter(result => result.dimension === dimension),
            );
            return (
              <tr key={dimension}>
                <th scope="row">{t(`dimension.${dimension}`)}</th>
                {score ? (
                  <>
                    <td>
                      <Bar {...score} />
                    </td>
                    <td className={styles.number}>{score.score}</td>
                    <td className={styles.number}>{score.potential}</td>
                  </>
                ) : (
                  <td colSpan={3}>{t('entity.dimensions.without')}</td>
                )}
                <td>
                  {counts
                    .map(({ status, number }) =>
                      t('entity.findings.groupCount', {
                        status: t(`status.${status}`),
                        number: String(number),
                      }),
                    )
                    .join(' · ') || t('none')}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Where the points of a pipeline are: a picture and its table in one. Below what is seen first, it comes right after it. */
export function DimensionTable(
  props: Props & {
    /** The pipeline, where there are several. */
    pipeline?: string;
  },
) {
  const t = useText();
  const painted = useAfterPaint();
  const { pipeline, ...rows } = props;
  return (
    <Panel heading={t('entity.dimensions.heading')}>
      {pipeline && <p>{t('entity.dimensions.of', { name: pipeline })}</p>}
      {painted ? <Rows {...rows} /> : <div className={styles.room} />}
      <p className={styles.legend}>{t('entity.dimensions.legend')}</p>
    </Panel>
  );
}
