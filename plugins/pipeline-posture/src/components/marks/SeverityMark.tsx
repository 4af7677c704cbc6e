import { VisuallyHidden } from '@backstage/ui';
import { Severity } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import styles from './marks.module.css';

const SHAPES: Record<Severity, string> = {
  critical: 'M5 0h6l5 5v6l-5 5H5l-5-5V5z',
  high: 'M8 0l8 8-8 8-8-8z',
  medium: 'M8 1l8 14H0z',
  low: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2z',
};

function Shape({ severity }: { severity: Severity }) {
  return (
    <svg
      aria-hidden="true"
      width="12"
      height="12"
      viewBox="0 0 16 16"
      fill="currentColor"
    >
      <path d={SHAPES[severity]} />
    </svg>
  );
}

/** A severity as shape and word. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const t = useText();
  return (
    <span className={styles.severity} data-severity={severity}>
      <Shape severity={severity} />
      {t(`severity.${severity}`)}
    </span>
  );
}

/** How many there are of a severity, for dense tables: shape and number, the word for those who hear or point. */
export function SeverityCount(props: { severity: Severity; number: number }) {
  const t = useText();
  const word = t('severityCount', {
    number: String(props.number),
    severity: t(`severity.${props.severity}`).toLowerCase(),
  });
  return (
    <span className={styles.severity} title={word}>
      <Shape severity={props.severity} />
      <span aria-hidden="true">{props.number}</span>
      <VisuallyHidden>{word}</VisuallyHidden>
    </span>
  );
}
