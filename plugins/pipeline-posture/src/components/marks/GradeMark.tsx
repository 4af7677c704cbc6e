import { Grade } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import styles from './marks.module.css';

const TONES: Record<Grade, string> = {
  A: styles.pass,
  B: styles.pass,
  C: styles.unknown,
  D: styles.unknown,
  F: styles.fail,
  'not-graded': styles['not-applicable'],
};

/** A grade as letter and word: `D Weak`. */
export function GradeMark({ grade }: { grade: Grade }) {
  const t = useText();
  return (
    <span className={`${styles.badge} ${TONES[grade]}`} data-grade={grade}>
      {grade !== 'not-graded' && <strong>{grade}</strong>}
      {t(`grade.${grade}`)}
    </span>
  );
}
