import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { useCallback, useEffect, useId, useRef } from 'react';
import { useEscape } from '../../hooks/useEscape';
import { useText } from '../../hooks/useText';
import { SeverityMark, StaleFlag, StatusMark, When } from '../marks';
import { Result } from '../posture/results';
import { ExemptionNote } from './ExemptionNote';
import { FindingDetail, FindingSurroundings } from './FindingDetail';
import { Sentence } from './Sentence';
import styles from './finding.module.css';

/** One result in a list; it opens in place. */
export function FindingRow(props: {
  result: Result;
  open: boolean;
  /** Named where a list holds several pipelines. */
  showPipeline: boolean;
  surroundings: FindingSurroundings;
  onToggle: (open: boolean) => void;
}) {
  const t = useText();
  const id = useId();
  const item = useRef<HTMLLIElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { result, open, onToggle } = props;
  const { finding, status } = result;
  const loud = status === 'fail' || status === 'unknown';

  const wasOpen = useRef(false);
  useEffect(() => {
    // Opened by its address: bring it to the eyes and to the keyboard.
    if (open && !wasOpen.current && document.activeElement !== button.current) {
      button.current?.focus({ preventScroll: true });
      button.current?.scrollIntoView?.({ block: 'center' });
    }
    wasOpen.current = open;
  }, [open]);

  useEscape(item, {
    active: open,
    onEscape: useCallback(() => {
      onToggle(false);
      button.current?.focus();
    }, [onToggle]),
  });

  return (
    <li ref={item} className={styles.row} data-result={result.key}>
      <h4 className={styles.rowHead}>
        <button
          ref={button}
          type="button"
          className={styles.rowButton}
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => onToggle(!open)}
        >
          <StatusMark status={status} />
          {loud && <SeverityMark severity={result.severity} />}
          <span className={styles.rowTitle} lang="en">
            {result.title}
          </span>
          {open ? (
            <RiArrowDownSLine aria-hidden="true" size={20} />
          ) : (
            <RiArrowRightSLine aria-hidden="true" size={20} />
          )}
        </button>
      </h4>
      {!open && <Sentence result={result} />}
      {finding?.exemption && (
        <ExemptionNote
          exemption={finding.exemption}
          result={result}
          status={status}
          entityRefs={props.surroundings.entityRefs}
          onRequested={props.surroundings.onRequested}
        />
      )}
      <p className={styles.meta}>
        {props.showPipeline && <span>{result.pipelineName}</span>}
        {loud && finding && (
          <span>
            {t('finding.mustAct', { who: t(`actor.${finding.actor}`) })}
          </span>
        )}
        {loud && finding && (
          <span>
            {t('finding.since', { when: <When at={finding.since} /> })}
          </span>
        )}
        {finding?.stale && <StaleFlag />}
        {status === 'unknown' && finding?.lastDecided === 'fail' && (
          <span>{t('flag.lastSeenFailing')}</span>
        )}
      </p>
      {open && (
        <div
          id={id}
          role="region"
          aria-label={t('finding.region', {
            title: result.title,
            pipeline: result.pipelineName,
          })}
        >
          <FindingDetail result={result} surroundings={props.surroundings} />
        </div>
      )}
    </li>
  );
}
