import { Button } from '@backstage/ui';
import { Dimension } from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { useText } from '../../hooks/useText';
import { byDimension, countByStatus, Result } from '../posture/results';
import { FindingSurroundings } from './FindingDetail';
import { FindingRow } from './FindingRow';
import styles from './finding.module.css';

/** More rows of one dimension come on request, so that hundreds of findings do not slow the page down. */
const ROWS_AT_ONCE = 10;

interface GroupProps {
  /** Every result that there is. */
  all: readonly Result[];
  /** Those that the filters let through. */
  matching: readonly Result[];
  /** Whether dimensions without a match still stand in the list, closed. */
  keepEmpty: boolean;
  openKey?: string;
  showPipeline: boolean;
  surroundingsOf: (result: Result) => FindingSurroundings;
  /** Fetches what a quiet result lacks before it is shown. */
  onToggle: (result: Result, open: boolean) => void;
}

function Group(
  props: GroupProps & { dimension: Dimension; results: readonly Result[] },
) {
  const t = useText();
  const [everything, setEverything] = useState(false);
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const { dimension, results, openKey } = props;
  const keys = new Set(props.matching.map(({ key }) => key));
  const matching = results.filter(
    ({ key }) => keys.has(key) || key === openKey,
  );
  if (matching.length === 0 && !props.keepEmpty) return null;
  const chosen = everything ? results : matching;
  // The one that is open is always among them.
  const shown = chosen.filter(({ key }, i) => i < limit || key === openKey);
  const hidden = results.length - matching.length;
  return (
    <section className={styles.group} aria-label={t(`dimension.${dimension}`)}>
      <div className={styles.groupHead}>
        <h3>{t(`dimension.${dimension}`)}</h3>
        <span>
          {countByStatus(results)
            .map(({ status, number }) =>
              t('entity.findings.groupCount', {
                status: t(`status.${status}`),
                number: String(number),
              }),
            )
            .join(' · ')}
        </span>
        {hidden > 0 && (
          <Button
            size="small"
            variant="tertiary"
            aria-expanded={everything}
            onPress={() => setEverything(now => !now)}
          >
            {everything
              ? t('entity.findings.hideOthers')
              : t('entity.findings.showOthers', { count: hidden })}
          </Button>
        )}
      </div>
      {shown.length > 0 && (
        <ul className={styles.rows}>
          {shown.map(result => (
            <FindingRow
              key={result.key}
              result={result}
              open={result.key === openKey}
              showPipeline={props.showPipeline}
              surroundings={props.surroundingsOf(result)}
              onToggle={open => props.onToggle(result, open)}
            />
          ))}
        </ul>
      )}
      {shown.length < chosen.length && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setLimit(now => now + ROWS_AT_ONCE)}
        >
          {t('finding.more', { count: chosen.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

/** Results grouped by dimension. Every control is listed, if only as a number that can be opened. */
export function FindingGroups(props: GroupProps) {
  return (
    <>
      {byDimension(props.all).map(({ dimension, results }) => (
        <Group
          key={dimension}
          {...props}
          dimension={dimension}
          results={results}
        />
      ))}
    </>
  );
}
