import { useId } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dayOf } from '../marks';
import styles from './charts.module.css';
import { DayValue, timelineOf } from './timeline';

/** Something that happened on a day and that a reader of the line should know. */
export interface Marker {
  day: string;
  label: string;
}

const SCALE = [100, 50, 0];

/** A line over days between 0 and 100, with its gaps. Its equal in words is `label`; tables stand beside it. */
export function TrendChart(props: {
  label: string;
  values: readonly DayValue[];
  markers?: readonly Marker[];
  /** A value in words: `82 %`. */
  say: (value: number) => string;
}) {
  const t = useText();
  const locale = useLocale();
  const hatch = useId();
  const { values, markers = [], say } = props;
  if (values.length === 0) return null;
  const { lines, gaps, xOf } = timelineOf(values);
  const points = lines.flat();
  const last = points[points.length - 1];
  const marks = markers.flatMap(marker => {
    const x = xOf(marker.day);
    return x === undefined ? [] : [{ ...marker, x }];
  });
  return (
    <figure className={styles.figure} role="img" aria-label={props.label}>
      <div className={styles.plot} aria-hidden="true">
        <div className={styles.scale}>
          {SCALE.map(value => (
            <span key={value}>{say(value)}</span>
          ))}
        </div>
        <div className={styles.canvas}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none">
            <defs>
              <pattern
                id={hatch}
                width="2"
                height="4"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(35)"
              >
                <rect width="0.4" height="4" className={styles.hatch} />
              </pattern>
            </defs>
            {gaps.map(({ from, to }) => (
              <rect
                key={from}
                x={from}
                width={to - from}
                y="0"
                height="100"
                fill={`url(#${hatch})`}
              />
            ))}
            {SCALE.map(y => (
              <line
                key={y}
                x1="0"
                x2="100"
                y1={y}
                y2={y}
                className={styles.grid}
              />
            ))}
            {marks.map(({ day, x }) => (
              <line
                key={day}
                x1={x}
                x2={x}
                y1="0"
                y2="100"
                className={styles.marker}
              />
            ))}
            {lines.map(line => (
              <polyline
                key={line[0].day}
                className={styles.line}
                points={line.map(({ x, y }) => `${x},${y}`).join(' ')}
              />
            ))}
          </svg>
          {lines
            .filter(line => line.length === 1)
            .map(([{ day, x, y }]) => (
              <span
                key={day}
                className={styles.dot}
                style={{ insetInlineStart: `${x}%`, insetBlockStart: `${y}%` }}
              />
            ))}
          <span
            className={styles.last}
            style={{ insetBlockStart: `${last.y}%` }}
          >
            {say(last.value)}
          </span>
        </div>
      </div>
      <div className={styles.days} aria-hidden="true">
        <span>{dayOf(values[0].day, locale)}</span>
        <span>{dayOf(last.day, locale)}</span>
      </div>
      {(gaps.length > 0 || marks.length > 0) && (
        <ul className={styles.legend} aria-hidden="true">
          {gaps.length > 0 && <li>{t('chart.gap')}</li>}
          {marks.map(({ day, label }) => (
            <li key={day}>
              {t('chart.marker', { day: dayOf(day, locale), label })}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
