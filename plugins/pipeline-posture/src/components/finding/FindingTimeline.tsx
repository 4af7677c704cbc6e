import { useApi } from '@backstage/core-plugin-api';
import {
  FindingHistory,
  FindingInterval,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { Text, useText } from '../../hooks/useText';
import { dateOf, shortDayOf, StatusMark } from '../marks';
import { Result } from '../posture/results';
import { Failure } from '../states';
import styles from './timeline.module.css';

/** One line of the timeline. */
type Entry =
  | { at: string; interval: FindingInterval }
  | { at: string; gap: FindingHistory['gaps'][number] };

/** Intervals and gaps in one order, newest first. */
function entriesOf({ intervals, gaps }: FindingHistory): Entry[] {
  return [
    ...intervals.map(interval => ({ at: interval.from ?? '', interval })),
    ...gaps.map(gap => ({ at: `${gap.from}T00:00:00.000Z`, gap })),
  ].sort((a, b) => b.at.localeCompare(a.at));
}

function timeOf(t: Text, locale: string, { from, to }: FindingInterval) {
  const day = (at: string) => dateOf(at, locale);
  if (from && to)
    return t('finding.timeline.past', { from: day(from), to: day(to) });
  if (from) return t('finding.timeline.current', { from: day(from) });
  if (to) return t('finding.timeline.sinceBefore', { to: day(to) });
  return t('finding.timeline.always');
}

function Interval({ interval }: { interval: FindingInterval }) {
  const t = useText();
  const locale = useLocale();
  const { status, exempt, cause, ruleChange } = interval;
  return (
    <li>
      <span className={styles.status}>
        {status ? (
          <StatusMark status={exempt ? 'exempt' : status} />
        ) : (
          t('finding.timeline.unchecked')
        )}
        <span>{timeOf(t, locale, interval)}</span>
      </span>
      <span className={styles.cause}>
        {cause ? t(`history.cause.${cause}`) : t('finding.timeline.first')}
        {ruleChange && ` · ${t('history.changes.ruleChange')}`}
      </span>
    </li>
  );
}

function Gap({ from, to }: FindingHistory['gaps'][number]) {
  const t = useText();
  const locale = useLocale();
  const first = shortDayOf(from, locale);
  return (
    <li className={styles.gap}>
      {from === to
        ? t('finding.timeline.gapDay', { from: first })
        : t('finding.timeline.gap', {
            from: first,
            to: shortDayOf(to, locale),
          })}
    </li>
  );
}

function Entries({ result }: { result: Result }) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const { pipelineId, controlId, pipelineName } = result;
  const { value, error, reload } = useAnswer(`${result.key}:${asOf}`, signal =>
    api.getFindingHistory(pipelineId, controlId, { signal, asOf }),
  );
  if (error && !value) {
    return (
      <Failure
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        part
        onRetry={reload}
      />
    );
  }
  if (!value) return <p role="status">{t('finding.timeline.loading')}</p>;
  const entries = entriesOf(value);
  if (entries.length === 0) return <p>{t('finding.timeline.empty')}</p>;
  return (
    <ol
      className={styles.timeline}
      aria-label={t('finding.timeline.label', { pipeline: pipelineName })}
    >
      {entries.map((entry, i) =>
        'gap' in entry ? (
          <Gap key={i} {...entry.gap} />
        ) : (
          <Interval key={i} interval={entry.interval} />
        ),
      )}
    </ol>
  );
}

/** What a control said of a pipeline over time. Asked for when somebody opens it. */
export function FindingTimeline({ result }: { result: Result }) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  return (
    <details
      className={styles.history}
      onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}
    >
      <summary>{t('finding.timeline.heading')}</summary>
      {opened && <Entries result={result} />}
    </details>
  );
}
