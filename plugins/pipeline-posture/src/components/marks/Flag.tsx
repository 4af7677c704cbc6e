import { RiTimeLine } from '@remixicon/react';
import { useText } from '../../hooks/useText';
import styles from './marks.module.css';

/** Something that is added to a status and never replaces it. */
export function StaleFlag() {
  const t = useText();
  return (
    <span className={styles.flag}>
      <RiTimeLine aria-hidden="true" size={14} />
      {t('flag.stale')}
    </span>
  );
}
