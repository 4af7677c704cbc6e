import { Grade } from 'backstage-plugin-pipeline-posture-common';
import { useId } from 'react';
import { useText } from '../../hooks/useText';
import styles from './gauge.module.css';

const RADIUS = 42;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** Dash pattern that draws one arc from `from` to `to` per cent. */
const arc = (from: number, to: number) => ({
  strokeDasharray: `${((to - from) / 100) * CIRCUMFERENCE} ${CIRCUMFERENCE}`,
  strokeDashoffset: -(from / 100) * CIRCUMFERENCE,
});

/** A score drawn as a ring. What is unknown, and could still be reached, is hatched. */
export function ScoreGauge(props: {
  score: number;
  potential: number;
  grade: Grade;
  provisional: boolean;
}) {
  const { score, potential, grade, provisional } = props;
  const t = useText();
  const hatch = useId();
  let label: string = t('gauge.ungraded', { score: String(score) });
  if (grade !== 'not-graded') {
    label = t(provisional ? 'gauge.provisional' : 'gauge.graded', {
      score: String(score),
      letter: grade,
      word: t(`grade.${grade}`),
    });
  }
  if (potential > score)
    label = t('gauge.upTo', { label, potential: String(potential) });
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.gauge}
      viewBox="0 0 100 100"
      data-grade={grade}
    >
      <defs>
        <pattern
          id={hatch}
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="2" height="4" className={styles.hatch} />
        </pattern>
      </defs>
      <g fill="none" strokeWidth="12" transform="rotate(-90 50 50)">
        <circle cx="50" cy="50" r={RADIUS} className={styles.track} />
        {potential > score && (
          <circle
            cx="50"
            cy="50"
            r={RADIUS}
            stroke={`url(#${hatch})`}
            {...arc(score, potential)}
          />
        )}
        {score > 0 && (
          <circle
            cx="50"
            cy="50"
            r={RADIUS}
            className={styles.reached}
            {...arc(0, score)}
          />
        )}
      </g>
      <text x="50" y="52" className={styles.number} aria-hidden="true">
        {score}
      </text>
      <text x="50" y="66" className={styles.outOf} aria-hidden="true">
        {t('gauge.outOf')}
      </text>
    </svg>
  );
}
