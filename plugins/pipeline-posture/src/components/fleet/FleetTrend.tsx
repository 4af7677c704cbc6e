import { useApi } from '@backstage/core-plugin-api';
import {
  GroupTrendPoint,
  pipelinePostureFindingReadPermission,
  RubricChange,
  TrendBy,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { Text, useText } from '../../hooks/useText';
import { Marker, TrendChart } from '../charts';
import { dayOf } from '../marks';
import { Panel, Scroll, Waiting } from '../parts';
import table from '../posture/dimensions.module.css';
import { Failure } from '../states';
import { percentOf } from './percent';

const SHAPE = [180];
const DAYS = 90;

function markerOf(change: RubricChange, t: Text): Marker {
  const { controlsAdded, controlsRemoved, controlsChanged } = change;
  const words = [
    controlsAdded.length > 0 &&
      t('fleet.trend.added', { count: controlsAdded.length }),
    controlsRemoved.length > 0 &&
      t('fleet.trend.removed', { count: controlsRemoved.length }),
    controlsChanged.length > 0 &&
      t('fleet.trend.changed', { count: controlsChanged.length }),
    change.policyChanged && t('fleet.trend.policy'),
  ].filter(Boolean);
  return { day: change.day, label: words.join(', ') };
}

function Table({ points }: { points: readonly GroupTrendPoint[] }) {
  const t = useText();
  const locale = useLocale();
  return (
    <details>
      <summary>{t('history.trend.table')}</summary>
      <Scroll label={t('table', { name: t('fleet.trend.heading') })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('history.trend.day')}</th>
              <th scope="col" className={table.number}>
                {t('fleet.trend.compliant')}
              </th>
              <th scope="col" className={table.number}>
                {t('compliance.unknown')}
              </th>
              <th scope="col" className={table.number}>
                {t('compliance.non-compliant')}
              </th>
              <th scope="col" className={table.number}>
                {t('groups.column.mean')}
              </th>
            </tr>
          </thead>
          <tbody>
            {[...points].reverse().map(point => (
              <tr key={point.day}>
                <th scope="row">{dayOf(point.day, locale)}</th>
                <td className={table.number}>
                  {t('groups.share', {
                    compliant: String(point.compliant),
                    all: String(point.entities),
                    percent: percentOf(point.compliant, point.entities, locale),
                  })}
                </td>
                <td className={table.number}>{point.unknown}</td>
                <td className={table.number}>{point.nonCompliant}</td>
                <td className={table.number}>{point.meanScore}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

/** How large a share complied over time, of everything or of one group. */
export function FleetTrend(props: { by: TrendBy; groupRef?: string }) {
  const t = useText();
  const locale = useLocale();
  const api = useApi(pipelinePostureApiRef);
  const query = { by: props.by, ref: props.groupRef, days: DAYS };
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.getTrend(query, { signal }),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const { points, rubricChanges } = value;
  const say = (percent: number) => percentOf(percent, 100, locale);
  const [first, last] = [points[0], points[points.length - 1]];
  return (
    <Panel heading={t('fleet.trend.heading')}>
      {points.length < 2 ? (
        <p>{t('fleet.trend.few')}</p>
      ) : (
        <>
          <TrendChart
            label={t('fleet.trend.label', {
              from: dayOf(first.day, locale),
              first: say(first.compliantShare),
              to: dayOf(last.day, locale),
              last: say(last.compliantShare),
            })}
            values={points.map(({ day, compliantShare }) => ({
              day,
              value: compliantShare,
            }))}
            markers={rubricChanges.map(change => markerOf(change, t))}
            say={say}
          />
          <p className={table.legend}>{t('fleet.trend.note')}</p>
          <Table points={points} />
        </>
      )}
    </Panel>
  );
}
