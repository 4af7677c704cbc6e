import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dateOf } from '../marks';
import { Result } from '../posture/results';
import styles from './finding.module.css';

const withoutStop = (sentence: string) => sentence.replace(/[.\s]+$/, '');

/** A result in one sentence: the worst that was seen, or why nothing was. */
export function Sentence({ result }: { result: Result }) {
  const t = useText();
  const locale = useLocale();
  const { finding, status, control } = result;
  const worst = finding?.instances.find(one => one.status === finding.status);
  if (!finding || !worst) return null;
  const others =
    finding.instances.filter(one => one.status === finding.status).length - 1;
  const more = others > 0 && ` (${t('finding.more', { count: others })})`;
  if (
    status === 'preview' &&
    control?.activeFrom &&
    finding.status === 'fail'
  ) {
    return (
      <p className={styles.sentence}>
        {t('finding.counts', { date: dateOf(control.activeFrom, locale) })}{' '}
        <span lang="en">{worst.observed}</span>
      </p>
    );
  }
  if (status === 'unknown') {
    return (
      <p className={styles.sentence}>
        {t('finding.unknownText', {
          reason: withoutStop(worst.reason?.message ?? worst.observed),
          who: t(`actor.${worst.reason?.actor ?? finding.actor}`),
        })}
        {more}
      </p>
    );
  }
  return (
    <p className={styles.sentence}>
      <span lang="en">{worst.observed}</span>
      {more}
    </p>
  );
}
