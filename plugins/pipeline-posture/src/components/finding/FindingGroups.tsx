import { Button } from '@backstage/ui';
import { Dimension } from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { useRowsInView } from '../../hooks/useRowsInView';
import { useText } from '../../hooks/useText';
import { byDimension, countByStatus, Result } from '../posture/results';
import { FindingSurroundings } from './FindingDetail';
import { FindingRow } from './FindingRow';
import styles from './finding.module.css';

/** More rows of one dimension come on request, so that hundreds of findings do not bury the other dimensions. */
const ROWS_AT_ONCE = 10;

/** Rows of the first picture, and how many may be drawn without being near, over all dimensions. */
const FIRST = 4;
const SOON = 25;

/** How high a row is likely to be. */
const ROW_PX = 96;

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
  props: GroupProps & {
    dimension: Dimension;
    results: readonly Result[];
    /** Those of them that match. */
    matching: readonly Result[];
    /** How many matching rows stand above this group. */
    above: number;
  },
) {
  const t = useText();
  const [everything, setEverything] = useState(false);
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const { dimension, results, matching, openKey, above } = props;
  const chosen = everything ? results : matching;
  // The one that is open is always among them.
  const listed = chosen.filter(({ key }, i) => i < limit || key === openKey);
  const rows = useRowsInView({
    total: listed.length,
    first: Math.max(0, FIRST - above),
    soon: Math.max(0, SOON - above),
    rowPx: ROW_PX,
    upTo: openKey ? listed.findIndex(({ key }) => key === openKey) + 1 : 0,
  });
  if (matching.length === 0 && !props.keepEmpty) return null;
  const shown = listed.slice(0, rows.shown);
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
      {listed.length > 0 && (
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
          {rows.room > 0 && (
            <li
              ref={rows.rest}
              aria-hidden="true"
              style={{ blockSize: rows.room }}
            />
          )}
        </ul>
      )}
      {listed.length < chosen.length && (
        <Button
          size="small"
          variant="secondary"
          onPress={() => setLimit(now => now + ROWS_AT_ONCE)}
        >
          {t('finding.more', { count: chosen.length - listed.length })}
        </Button>
      )}
    </section>
  );
}

/** Results grouped by dimension. Every control is listed, if only as a number that can be opened. */
export function FindingGroups(props: GroupProps) {
  const { all, matching, openKey } = props;
  const painted = useAfterPaint();
  const keys = new Set(matching.map(({ key }) => key));
  let above = 0;
  return (
    <>
      {byDimension(all).map(({ dimension, results }) => {
        const ofGroup = results.filter(
          ({ key }) => keys.has(key) || key === openKey,
        );
        const before = above;
        above += Math.min(ofGroup.length, ROWS_AT_ONCE);
        // Far below what is seen first; it comes right after that.
        const later = before >= FIRST && !openKey;
        if (later && !painted) return null;
        return (
          <Group
            key={dimension}
            {...props}
            dimension={dimension}
            results={results}
            matching={ofGroup}
            above={before}
          />
        );
      })}
    </>
  );
}
