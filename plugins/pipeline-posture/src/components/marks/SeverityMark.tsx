import { Severity } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import styles from './marks.module.css';

const SHAPES: Record<Severity, string> = {
  critical: 'M5 0h6l5 5v6l-5 5H5l-5-5V5z',
  high: 'M8 0l8 8-8 8-8-8z',
  medium: 'M8 1l8 14H0z',
  low: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
};

/** A severity as shape and word. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const t = useText();
  return (
    <span className={styles.severity} data-severity={severity}>
      <svg
        aria-hidden="true"
        width="12"
        height="12"
        viewBox="0 0 16 16"
        fill="currentColor"
      >
        <path d={SHAPES[severity]} />
      </svg>
      {t(`severity.${severity}`)}
    </span>
  );
}
