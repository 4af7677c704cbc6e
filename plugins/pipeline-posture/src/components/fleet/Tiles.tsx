import { useApi } from '@backstage/core-plugin-api';
import {
  FleetProgress,
  FleetSummary,
  PipelineFilter,
} from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { isAboutResults, ListState } from '../pipelines/listState';
import { percentOf } from './percent';
import { TimeToFix } from './TimeToFix';
import styles from './tiles.module.css';
import { useFailingSources } from './useFailingSources';

function Tile(props: {
  heading: string;
  number: number;
  /** What the number is of; missing where it is not part of what is listed. */
  of?: number;
  chosen: boolean;
  onChoose: () => void;
  children?: ReactNode;
}) {
  const t = useText();
  const locale = useLocale();
  const { heading, number, of, chosen, onChoose } = props;
  return (
    <li>
      <button
        type="button"
        className={styles.tile}
        aria-pressed={chosen}
        disabled={number === 0}
        onClick={onChoose}
      >
        <span className={styles.heading}>{heading}</span>{' '}
        <span className={styles.number}>{number}</span>{' '}
        {of !== undefined && (
          <span className={styles.of}>
            {t('fleet.tile.of', {
              all: String(of),
              percent: percentOf(number, of, locale),
            })}
          </span>
        )}
        {props.children}
      </button>
    </li>
  );
}

type Step = 'up' | 'down' | 'same';

const stepOf = (difference: number): Step => {
  if (difference === 0) return 'same';
  return difference > 0 ? 'up' : 'down';
};

/** How a number moved, with sign, arrow and word. Nothing where it is not known what it was. */
function Moved(props: {
  now: number;
  then?: number;
  unit: 'points' | 'number';
}) {
  const t = useText();
  const { now, then, unit } = props;
  if (then === undefined) return null;
  const difference = now - then;
  return (
    <span className={styles.of}>
      {t(`fleet.tile.moved.${unit}.${stepOf(difference)}`, {
        count: Math.abs(difference),
      })}
    </span>
  );
}

const shareOf = ({ byCompliance, pipelines }: FleetSummary) =>
  Math.floor((100 * byCompliance.compliant) / pipelines);

/** What moved, asked for after the numbers of today. A day of the past is compared with nothing. */
function useProgress(filter: PipelineFilter): FleetProgress | undefined {
  const api = useApi(pipelinePostureApiRef);
  const { asOf, ...others } = filter;
  const { value } = useAnswer(
    JSON.stringify(filter),
    async signal => (asOf ? undefined : api.getProgress(others, { signal })),
    { keep: true },
  );
  return asOf ? undefined : value;
}

/** The few numbers to look at first. Choosing one filters everything to exactly what it counts. */
export function Tiles(props: {
  summary: FleetSummary;
  /** Pipelines in which an exemption covers something; undefined until it is known. */
  exempt?: number;
  /** Pipelines in which a critical control fails; undefined until it is known. */
  critical?: number;
  filter: PipelineFilter;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const { summary, exempt, critical, filter, url } = props;
  const { state, update } = url;
  const progress = useProgress(filter);
  const failingSources = useFailingSources() ?? 0;
  const all = summary.pipelines;
  // Numbers of results are not part of pipelines with certain other results, and what they were is not known.
  const aboutResults = isAboutResults(state);
  const ofAll = aboutResults ? undefined : all;
  const before = aboutResults ? undefined : progress;
  const unlinked = all - summary.linked;
  const onlyFailing = state.status.every(status => status === 'failing');
  const only = (changes: Partial<ListState>) => update({ ...changes, page: 1 });
  return (
    <ul className={styles.tiles} aria-label={t('fleet.tile.label')}>
      <Tile
        heading={t('fleet.tile.compliant')}
        number={summary.byCompliance.compliant}
        of={all}
        chosen={state.compliance.includes('compliant')}
        onChoose={() => only({ compliance: ['compliant'] })}
      >
        <Moved
          unit="points"
          now={shareOf(summary)}
          then={progress?.compliantShare}
        />
      </Tile>
      {critical !== undefined && (
        <Tile
          heading={t('fleet.tile.critical')}
          number={critical}
          of={ofAll}
          chosen={state.severity.includes('critical') && onlyFailing}
          onChoose={() =>
            only({
              severity: ['critical'],
              status: onlyFailing ? state.status : ['failing'],
            })
          }
        >
          <Moved unit="number" now={critical} then={before?.failingCritical} />
        </Tile>
      )}
      <Tile
        heading={t('fleet.tile.notGraded')}
        number={summary.byGrade['not-graded']}
        of={all}
        chosen={state.grade.includes('not-graded')}
        onChoose={() => only({ grade: ['not-graded'] })}
      >
        {failingSources > 0 && !state.asOf && (
          <span className={styles.of}>
            {t('fleet.tile.sources', { count: failingSources })}
          </span>
        )}
      </Tile>
      {exempt !== undefined && (
        <Tile
          heading={t('fleet.tile.exempt')}
          number={exempt}
          of={ofAll}
          chosen={state.status.includes('exempt')}
          onChoose={() => only({ status: ['exempt'] })}
        >
          {before !== undefined && before.exemptionsEnding > 0 && (
            <span className={styles.of}>
              {t('fleet.tile.ending', { count: before.exemptionsEnding })}
            </span>
          )}
        </Tile>
      )}
      <Tile
        heading={t('fleet.tile.linked')}
        number={summary.linked}
        of={all}
        chosen={state.linked === 'yes'}
        onChoose={() => only({ linked: 'yes' })}
      >
        {unlinked > 0 && (
          <span className={styles.of}>
            {t('fleet.tile.unlinked', { count: unlinked })}
          </span>
        )}
      </Tile>
      {progress && <TimeToFix progress={progress} />}
    </ul>
  );
}
