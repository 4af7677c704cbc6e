import { FleetProgress } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import styles from './tiles.module.css';

/** A duration in days, below one day in hours: `12 days`, `5 hours`. */
export function durationOf(days: number, locale: string): string {
  const unit = days < 1 ? 'hour' : 'day';
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(unit === 'hour' ? Math.max(1, days * 24) : days);
}

/** How long it took to fix what was fixed. It leads nowhere: what was fixed is in no list. */
export function TimeToFix({ progress }: { progress: FleetProgress }) {
  const t = useText();
  const locale = useLocale();
  const { fixes, medianDaysToFix } = progress;
  const known = medianDaysToFix !== undefined;
  return (
    <li>
      <div className={`${styles.tile} ${styles.still}`}>
        <span className={styles.heading}>{t('fleet.tile.timeToFix')}</span>{' '}
        <span className={styles.number}>
          {known ? durationOf(medianDaysToFix, locale) : t('none')}
        </span>{' '}
        <span className={styles.of}>
          {known
            ? t('fleet.tile.fixes', { count: fixes })
            : t('fleet.tile.noFixes')}
        </span>
      </div>
    </li>
  );
}
