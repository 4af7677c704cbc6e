import { FleetSummary } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { ListState } from '../pipelines/listState';
import { percentOf } from './percent';
import styles from './tiles.module.css';

function Tile(props: {
  heading: string;
  number: number;
  /** What the number is of. */
  of: number;
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
        <span className={styles.of}>
          {t('fleet.tile.of', {
            all: String(of),
            percent: percentOf(number, of, locale),
          })}
        </span>
        {props.children}
      </button>
    </li>
  );
}

/** The few numbers to look at first. Choosing one filters everything to exactly what it counts. */
export function Tiles(props: {
  summary: FleetSummary;
  /** Pipelines in which an exemption covers something; undefined until it is known. */
  exempt?: number;
  url: UrlState<ListState>;
}) {
  const t = useText();
  const { summary, exempt, url } = props;
  const { state, update } = url;
  const all = summary.pipelines;
  const unlinked = all - summary.linked;
  const only = (changes: Partial<ListState>) => update({ ...changes, page: 1 });
  return (
    <ul className={styles.tiles} aria-label={t('fleet.tile.label')}>
      <Tile
        heading={t('fleet.tile.compliant')}
        number={summary.byCompliance.compliant}
        of={all}
        chosen={state.compliance.includes('compliant')}
        onChoose={() => only({ compliance: ['compliant'] })}
      />
      <Tile
        heading={t('fleet.tile.critical')}
        number={summary.failingBySeverity.critical}
        of={all}
        chosen={state.severity.includes('critical')}
        onChoose={() => only({ severity: ['critical'] })}
      />
      <Tile
        heading={t('fleet.tile.notGraded')}
        number={summary.byGrade['not-graded']}
        of={all}
        chosen={state.grade.includes('not-graded')}
        onChoose={() => only({ grade: ['not-graded'] })}
      />
      {exempt !== undefined && (
        <Tile
          heading={t('fleet.tile.exempt')}
          number={exempt}
          of={all}
          chosen={state.status.includes('exempt')}
          onChoose={() => only({ status: ['exempt'] })}
        />
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
    </ul>
  );
}
