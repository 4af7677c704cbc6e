import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  Dimension,
  DIMENSIONS,
  HeatMap,
  HeatMapCell,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { percentOf } from '../fleet';
import { Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { KIND } from './groupsState';
import styles from './heatMap.module.css';

/** Lower ends of the bands that a share falls into; the number always stands in the cell too. */
const BANDS = [
  { from: 95, tone: styles.good },
  { from: 80, tone: styles.fair },
  { from: 60, tone: styles.poor },
  { from: 0, tone: styles.bad },
];

const toneOf = (share: number) =>
  BANDS.find(({ from }) => share >= from)?.tone ?? '';

function Cell(props: {
  cell?: HeatMapCell;
  /** Which pipelines it is about; those of nobody cannot be listed. */
  search?: { [by: string]: string } & { dimension: Dimension };
}) {
  const { cell, search } = props;
  const t = useText();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const locale = useLocale();
  if (!cell || cell.passingShare === undefined) {
    return <td className={styles.cell}>{t('none')}</td>;
  }
  const { passingShare, failingPipelines, unknown } = cell;
  const failing =
    failingPipelines > 0
      ? t('groups.heat.failing', { count: failingPipelines })
      : t('groups.heat.noneFailing');
  return (
    <td className={`${styles.cell} ${toneOf(passingShare)}`}>
      <strong>{percentOf(passingShare, 100, locale)}</strong>
      <span className={styles.note}>
        {search && failingPipelines > 0 ? (
          <Link to={keep(`${root}?${new URLSearchParams(search)}`)}>
            {failing}
          </Link>
        ) : (
          failing
        )}
        {unknown > 0 && <> · {t('unknown', { count: unknown })}</>}
      </span>
    </td>
  );
}

/** Groups by dimensions: how large a share of the checks passes, and in how many pipelines something fails. */
export function HeatMapTable({ heatMap }: { heatMap: HeatMap }) {
  const t = useText();
  const { by, groups } = heatMap;
  return (
    <>
      <p>{t('groups.heat.note')}</p>
      <Scroll label={t('table', { name: t('groups.heat.title') })}>
        <table className={`${table.table} ${styles.heatMap}`}>
          <thead>
            <tr>
              <th scope="col">{t(`groups.${by}`)}</th>
              {DIMENSIONS.map(dimension => (
                <th key={dimension} scope="col">
                  {t(`dimension.${dimension}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {groups.map(({ ref, cells, pipelines }) => (
              <tr key={ref ?? ''}>
                <th scope="row">
                  {ref ? (
                    <EntityRefLink entityRef={ref} defaultKind={KIND[by]} />
                  ) : (
                    t('groups.none')
                  )}
                  <span className={styles.note}>
                    {t('fleet.found', { count: pipelines })}
                  </span>
                </th>
                {DIMENSIONS.map(dimension => (
                  <Cell
                    key={dimension}
                    cell={cells[dimension]}
                    search={ref ? { [by]: ref, dimension } : undefined}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
