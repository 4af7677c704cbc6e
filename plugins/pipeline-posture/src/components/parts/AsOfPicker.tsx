import { Alert, Button } from '@backstage/ui';
import { ChangeEvent, useId } from 'react';
import { useAbout } from '../../hooks/useAbout';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../hooks/useText';
import { isDay } from '../../hooks/useUrlState';
import { dayOf } from '../marks/times';
import styles from './parts.module.css';

/** Chooses the day that the screens show. */
export function AsOfPicker() {
  const t = useText();
  const id = useId();
  const now = useNow();
  const about = useAbout();
  const { asOf, setAsOf } = useAsOf();
  const today = now.toISOString().slice(0, 10);
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const { value } = target;
    if (value === '' || value >= today) setAsOf(undefined);
    else if (isDay(value)) setAsOf(value);
  };
  return (
    <div className={styles.asOf}>
      <label htmlFor={id}>{t('asOf.label')}</label>
      <input
        id={id}
        type="date"
        value={asOf ?? ''}
        min={about?.recorded?.from}
        max={today}
        onChange={choose}
      />
    </div>
  );
}

/** Says that what is shown is not today, on every screen that shows the past. */
export function AsOfBanner() {
  const t = useText();
  const locale = useLocale();
  const { asOf, setAsOf } = useAsOf();
  if (!asOf) return null;
  return (
    <Alert
      status="info"
      icon
      title={t('asOf.title', { date: dayOf(asOf, locale) })}
      description={t('asOf.text')}
      customActions={
        <Button
          size="small"
          variant="secondary"
          onPress={() => setAsOf(undefined)}
        >
          {t('asOf.back')}
        </Button>
      }
    />
  );
}
