import styles from './charts.module.css';
import { DayValue, timelineOf } from './timeline';

/** A small line over days between 0 and 100, with its gaps. `label` is its equal in words. */
export function Sparkline(props: {
  label: string;
  values: readonly DayValue[];
}) {
  const { lines } = timelineOf(props.values);
  if (props.values.length < 2) return null;
  return (
    <figure className={styles.sparkline} role="img" aria-label={props.label}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" x2="100" y1="100" y2="100" className={styles.grid} />
        {lines.map(line => (
          <polyline
            key={line[0].day}
            className={styles.line}
            points={
              line.length === 1
                ? `${line[0].x},${line[0].y} ${line[0].x},${line[0].y}`
                : line.map(({ x, y }) => `${x},${y}`).join(' ')
            }
          />
        ))}
      </svg>
    </figure>
  );
}
