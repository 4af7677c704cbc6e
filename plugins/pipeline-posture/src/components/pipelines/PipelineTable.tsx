import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { PipelineSummary } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode, useCallback, useRef } from 'react';
import { Density, ROW_PX } from '../../hooks/useDensity';
import { useRowsInView } from '../../hooks/useRowsInView';
import { useText } from '../../hooks/useText';
import { Scroll, Waiting } from '../parts';
import { COLUMNS, HideableColumn } from './columns';
import { PipelineRow } from './PipelineRow';
import { SortableHeader, SortOrder } from './SortableHeader';
import styles from './table.module.css';

/** Rows of the first picture, and how many may be drawn without being near. */
const FIRST = 8;
const SOON = 25;

const SHAPE = [320];

function Head(props: {
  ofEntity?: boolean;
  sort?: SortOrder;
  onSort?: (sort: SortOrder) => void;
}) {
  const t = useText();
  const { ofEntity, sort, onSort } = props;
  return (
    <thead>
      <tr>
        {COLUMNS.map(column => {
          const belongs = ofEntity ? 'platform' : 'entities';
          const word = column.id === 'belongs' ? belongs : column.id;
          const label = t(`fleet.column.${word}`);
          const className = 'numeric' in column ? styles.number : undefined;
          return 'by' in column && sort && onSort ? (
            <SortableHeader
              key={column.id}
              by={column.by}
              label={label}
              className={className}
              sort={sort}
              onSort={onSort}
            />
          ) : (
            <th key={column.id} scope="col" className={className}>
              {label}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/**
 * A list of pipelines. Sorting and paging are done by whoever gives the rows. A table of its own, because that of the
 * design system takes several times as long (docs/decisions/0006).
 */
export function PipelineTable(props: {
  pipelines?: readonly PipelineSummary[];
  /** True while newer rows are awaited. */
  stale?: boolean;
  sort?: SortOrder;
  onSort?: (sort: SortOrder) => void;
  density?: Density;
  /** Columns that the viewer does without. */
  hidden?: readonly HideableColumn[];
  /** The pipeline that is open beside the table. */
  openId?: string;
  /** Leaves out the column of entities, on an entity's own page. */
  ofEntity?: boolean;
  onOpen: (pipeline: PipelineSummary) => void;
}) {
  const t = useText();
  const { pipelines = [], density = 'compact', ofEntity, openId } = props;
  const rows = useRowsInView({
    total: pipelines.length,
    first: FIRST,
    soon: SOON,
    rowPx: ROW_PX[density],
    upTo: openId ? pipelines.findIndex(({ id }) => id === openId) + 1 : 0,
  });
  // The same functions for as long as the table stands, so that rows that did not change are not drawn anew.
  const linkOf = useRef(useEntityRefLink());
  const addressOf = linkOf.current;
  const onOpen = useRef(props.onOpen);
  onOpen.current = props.onOpen;
  const open = useCallback(
    (pipeline: PipelineSummary) => onOpen.current(pipeline),
    [],
  );
  if (!props.pipelines) return <Waiting heights={SHAPE} />;
  const isWhole = rows.shown >= pipelines.length;
  let rest: ReactNode = null;
  if (!isWhole) {
    rest = (
      <tbody aria-hidden="true">
        <tr>
          <td
            ref={rows.rest}
            colSpan={COLUMNS.length}
            style={{ blockSize: rows.room }}
          />
        </tr>
      </tbody>
    );
  }
  return (
    <Scroll label={t('table', { name: t('fleet.table') })}>
      <table
        className={styles.table}
        data-density={density}
        data-hidden={props.hidden?.join(' ') || undefined}
        aria-busy={props.stale || undefined}
        aria-rowcount={isWhole ? undefined : pipelines.length + 1}
      >
        <Head ofEntity={ofEntity} sort={props.sort} onSort={props.onSort} />
        <tbody>
          {pipelines.slice(0, rows.shown).map((pipeline, i) => (
            <PipelineRow
              key={pipeline.id}
              pipeline={pipeline}
              index={isWhole ? undefined : i + 2}
              ofEntity={ofEntity}
              addressOf={addressOf}
              onOpen={open}
            />
          ))}
        </tbody>
        {rest}
      </table>
    </Scroll>
  );
}
