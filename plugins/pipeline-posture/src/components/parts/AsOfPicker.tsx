import { Alert, Button } from '@backstage/ui';
import { ChangeEvent, useEffect, useId, useState } from 'react';
import { useAbout } from '../../hooks/useAbout';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../hooks/useText';
import { isDay } from '../../hooks/useUrlState';
import { dayOf } from '../marks/times';
import { focusSoon, LANDING, VIEW } from './focusSoon';
import styles from './parts.module.css';

/** Nothing was recorded before. */
const EARLIEST = '2000-01-01';

const PICKER = '[data-as-of]';

/**
 * Chooses the day that the screens show. While somebody types a year, a browser tells of the years 2, 20 and 202; none
 * of them is gone to.
 */
export function AsOfPicker() {
  const t = useText();
  const id = useId();
  const now = useNow();
  const about = useAbout();
  const { asOf = '', setAsOf } = useAsOf();
  const [draft, setDraft] = useState(asOf);
  useEffect(() => setDraft(asOf), [asOf]);
  const today = now.toISOString().slice(0, 10);
  const earliest = about?.recorded?.from ?? EARLIEST;
  const choose = ({ target: { value } }: ChangeEvent<HTMLInputElement>) => {
    setDraft(value);
    if (value === '' || value === today) setAsOf(undefined);
    else if (isDay(value) && value >= earliest && value < today) setAsOf(value);
  };
  return (
    <div className={styles.asOf}>
      <label htmlFor={id}>{t('asOf.label')}</label>
      <input
        id={id}
        type="date"
        value={draft}
        min={earliest}
        max={today}
        data-as-of=""
        onChange={choose}
        onBlur={() => setDraft(asOf)}
      />
    </div>
  );
}

/** Says that what is shown is not today, on every screen that shows the past, and on others that they do not. */
export function AsOfBanner(props: {
  /** Whether the screen shows today, whatever day is chosen. */
  showsToday?: boolean;
}) {
  const t = useText();
  const locale = useLocale();
  const { asOf, setAsOf } = useAsOf();
  if (!asOf) return null;
  const date = dayOf(asOf, locale);
  return (
    <Alert
      status="info"
      icon
      title={props.showsToday ? t('asOf.today') : t('asOf.title', { date })}
      description={
        props.showsToday ? t('asOf.todayText', { date }) : t('asOf.text')
      }
      customActions={
        <Button
          size="small"
          variant="secondary"
          onPress={() => {
            setAsOf(undefined);
            focusSoon(PICKER, LANDING, VIEW);
          }}
        >
          {t('asOf.back')}
        </Button>
      }
    />
  );
}
