import { RubricChange } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { Text, useText } from '../../hooks/useText';
import { Marker, TrendChart } from '../charts';
import { dayOf } from '../marks';
import { Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { percentOf } from './percent';

/** How many complied on a day. */
export interface ComplianceDay {
  day: string;
  all: number;
  compliant: number;
  nonCompliant: number;
  unknown: number;
  /** Compliant ones, per cent. */
  compliantShare: number;
  meanScore?: number;
}

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

function Table(props: { heading: string; days: readonly ComplianceDay[] }) {
  const t = useText();
  const locale = useLocale();
  const { heading, days } = props;
  const scored = days.some(({ meanScore }) => meanScore !== undefined);
  return (
    <details>
      <summary>{t('history.trend.table')}</summary>
      <Scroll label={t('table', { name: heading })}>
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
              {scored && (
                <th scope="col" className={table.number}>
                  {t('groups.column.mean')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map(one => (
              <tr key={one.day}>
                <th scope="row">{dayOf(one.day, locale)}</th>
                <td className={table.number}>
                  {t('groups.share', {
                    compliant: String(one.compliant),
                    all: String(one.all),
                    percent: percentOf(one.compliant, one.all, locale),
                  })}
                </td>
                <td className={table.number}>{one.unknown}</td>
                <td className={table.number}>{one.nonCompliant}</td>
                {scored && <td className={table.number}>{one.meanScore}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

/** A line of how large a share complied on each day, with its equal as a table. */
export function ComplianceTrend(props: {
  heading: string;
  /** What the line says, for those who do not see it. */
  labelOf: (ends: {
    from: string;
    first: string;
    to: string;
    last: string;
  }) => string;
  /** What is counted. */
  caption?: ReactNode;
  days: readonly ComplianceDay[];
  rubricChanges: readonly RubricChange[];
}) {
  const t = useText();
  const locale = useLocale();
  const { heading, days } = props;
  const say = (day: ComplianceDay) => percentOf(day.compliant, day.all, locale);
  const [first, last] = [days[0], days[days.length - 1]];
  return (
    <Panel heading={heading}>
      {days.length < 2 ? (
        <p>{t('fleet.trend.few')}</p>
      ) : (
        <>
          <TrendChart
            label={props.labelOf({
              from: dayOf(first.day, locale),
              first: say(first),
              to: dayOf(last.day, locale),
              last: say(last),
            })}
            values={days.map(({ day, compliantShare }) => ({
              day,
              value: compliantShare,
            }))}
            markers={props.rubricChanges.map(change => markerOf(change, t))}
            say={percent => percentOf(percent, 100, locale)}
          />
          <p className={table.legend}>
            {props.caption} {t('fleet.trend.note')}
          </p>
          <Table heading={heading} days={days} />
        </>
      )}
    </Panel>
  );
}
