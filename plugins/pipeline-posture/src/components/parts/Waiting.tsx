import { Skeleton, VisuallyHidden } from '@backstage/ui';
import { useEffect } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { prepareText, useText } from '../../hooks/useText';
import { prepareTimes } from '../marks/times';
import styles from './parts.module.css';

/** Stands in for what is being loaded, in its shape. Appears only where the answer takes longer than a blink. */
export function Waiting({ heights }: { heights: readonly number[] }) {
  const t = useText();
  const locale = useLocale();
  useEffect(() => {
    // After the question was sent: the browser has nothing else to do until the answer comes.
    const timer = setTimeout(() => {
      prepareTimes(locale);
      prepareText(t);
    });
    return () => clearTimeout(timer);
  }, [locale, t]);
  return (
    <div className={styles.waiting} aria-busy="true" role="status">
      <VisuallyHidden>{t('state.loading')}</VisuallyHidden>
      {heights.map((height, i) => (
        <Skeleton key={i} width="100%" height={height} />
      ))}
    </div>
  );
}
