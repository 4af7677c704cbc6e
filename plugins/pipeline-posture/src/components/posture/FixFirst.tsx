import { EntitySummary } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { SeverityMark } from '../marks';
import { Panel } from '../parts';
import { Result, resultKey } from './results';
import styles from './posture.module.css';

/** The few fixes that bring most. Each opens its finding. */
export function FixFirst(props: {
  summary: Pick<EntitySummary, 'fixFirst' | 'counts'>;
  results: readonly Result[];
  onOpen: (key: string) => void;
}) {
  const t = useText();
  const { fixFirst, counts } = props.summary;
  const fixes = fixFirst.flatMap(({ gain, ...one }) => {
    const result = props.results.find(({ key }) => key === resultKey(one));
    return result ? [{ result, gain }] : [];
  });
  return (
    <Panel heading={t('entity.fixFirst.heading')}>
      {fixes.length === 0 ? (
        <p>
          {counts.unknown > 0
            ? t('entity.fixFirst.none')
            : t('entity.fixFirst.nothing')}
        </p>
      ) : (
        <ol className={styles.fixes}>
          {fixes.map(({ result, gain }) => (
            <li key={result.key}>
              <button
                type="button"
                className={styles.fix}
                onClick={() => props.onOpen(result.key)}
              >
                <SeverityMark severity={result.severity} />
                <span className={styles.fixTitle} lang="en">
                  {result.title}
                </span>
                {gain > 0 && (
                  <span className={styles.gain}>
                    {t('entity.fixFirst.gain', { points: String(gain) })}
                  </span>
                )}
              </button>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
