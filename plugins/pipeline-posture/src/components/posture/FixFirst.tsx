import {
  EntitySummary,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { SeverityMark } from '../marks';
import { Panel } from '../parts';
import { Result, resultKey } from './results';
import { Unchecked } from './Unchecked';
import styles from './posture.module.css';

const SHOWN = 3;

interface Fix {
  result: Result;
  gain: number;
}

/** What the summary names; where that is less than there is room for, what else fails. */
function fixesOf(
  fixFirst: EntitySummary['fixFirst'],
  results: readonly Result[],
): Fix[] {
  const named = fixFirst.flatMap(({ gain, ...one }) => {
    const result = results.find(({ key }) => key === resultKey(one));
    return result ? [{ result, gain }] : [];
  });
  const others = results
    .filter(result => !named.some(fix => fix.result.key === result.key))
    .filter(({ status }) => status === 'fail')
    .map(result => ({ result, gain: result.finding?.gainIfFixed ?? 0 }))
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.result.severity) -
          SEVERITIES.indexOf(b.result.severity) || b.gain - a.gain,
    );
  return [...named, ...others].slice(0, SHOWN);
}

/** The few fixes that bring most, and what has to be done before the rest can be checked. Each opens its finding. */
export function FixFirst(props: {
  summary: Pick<EntitySummary, 'fixFirst'>;
  results: readonly Result[];
  /** Named where there are several. */
  showPipeline: boolean;
  onOpen: (key: string) => void;
  onShowUnknown: () => void;
}) {
  const t = useText();
  const fixes = fixesOf(props.summary.fixFirst, props.results);
  // The summary is of the weakest pipeline; others may still have something to check.
  const isKnown = props.results.every(({ status }) => status !== 'unknown');
  return (
    <Panel heading={t('entity.fixFirst.heading')}>
      {fixes.length === 0 ? (
        <p>
          {isKnown ? t('entity.fixFirst.nothing') : t('entity.fixFirst.none')}
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
                <span className={styles.fixTitle} lang="en">
                  {result.title}
                </span>
                <span className={styles.fixMeta}>
                  <SeverityMark severity={result.severity} />
                  {gain > 0 && (
                    <span>{t('entity.fixFirst.gain', { count: gain })}</span>
                  )}
                  {props.showPipeline && <span>{result.pipelineName}</span>}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
      <Unchecked
        results={props.results}
        onOpen={props.onOpen}
        onShowAll={props.onShowUnknown}
      />
    </Panel>
  );
}
