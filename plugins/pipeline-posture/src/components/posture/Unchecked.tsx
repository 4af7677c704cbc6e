import { Button } from '@backstage/ui';
import { Actor } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { Result } from './results';
import styles from './posture.module.css';

const SHOWN = 2;

interface Reason {
  message: string;
  actor: Actor;
  results: Result[];
}

/** Why results are unknown, those first that most of them have in common. */
function reasonsOf(results: readonly Result[]): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const result of results) {
    const { finding, status } = result;
    if (!finding || status !== 'unknown') continue;
    const worst = finding.instances.find(one => one.status === 'unknown');
    if (!worst) continue;
    const message = worst.reason?.message ?? worst.observed;
    const actor = worst.reason?.actor ?? finding.actor;
    const key = `${actor}|${message}`;
    const reason = reasons.get(key) ?? { message, actor, results: [] };
    reason.results.push(result);
    reasons.set(key, reason);
  }
  return [...reasons.values()].sort(
    (a, b) => b.results.length - a.results.length,
  );
}

/** What keeps most checks from being done, and who must act: one missing right is often behind many of them. */
export function Unchecked(props: {
  /** Worst first. */
  results: readonly Result[];
  onOpen: (key: string) => void;
  onShowAll: () => void;
}) {
  const t = useText();
  const reasons = reasonsOf(props.results);
  if (reasons.length === 0) return null;
  return (
    <section>
      <h3 className={styles.unchecked}>{t('entity.unchecked.heading')}</h3>
      <ul className={styles.fixes}>
        {reasons.slice(0, SHOWN).map(({ message, actor, results }) => (
          <li key={`${actor}|${message}`}>
            <button
              type="button"
              className={styles.reason}
              onClick={() => props.onOpen(results[0].key)}
            >
              <span className={styles.fixTitle} lang="en">
                {message}
              </span>
              <span className={styles.fixMeta}>
                <span>
                  {t('entity.unchecked.checks', { count: results.length })}
                </span>
                <span>
                  {t('finding.mustAct', { who: t(`actor.${actor}`) })}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {reasons.length > SHOWN && (
        <Button size="small" variant="tertiary" onPress={props.onShowAll}>
          {t('entity.unchecked.show')}
        </Button>
      )}
    </section>
  );
}
