import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { PipelineSort } from 'backstage-plugin-pipeline-posture-common';
import styles from './table.module.css';

/** By what a list is sorted. */
export interface SortOrder {
  by: PipelineSort;
  order: 'asc' | 'desc';
}

/** Head of a column that the list can be sorted by. The button in it is for the keyboard; a click counts anywhere. */
export function SortableHeader(props: {
  by: PipelineSort;
  label: string;
  className?: string;
  sort: SortOrder;
  onSort: (sort: SortOrder) => void;
}) {
  const { by, label, sort, onSort } = props;
  const chosen = sort.by === by;
  const ascending = sort.order === 'asc';
  const Arrow = ascending ? RiArrowUpLine : RiArrowDownLine;
  const direction = ascending ? 'ascending' : 'descending';
  return (
    <th
      scope="col"
      aria-sort={chosen ? direction : 'none'}
      className={`${styles.sortable} ${props.className ?? ''}`}
      onClick={() =>
        onSort({ by, order: chosen && ascending ? 'desc' : 'asc' })
      }
    >
      <button type="button" className={styles.sort}>
        {label}
        <span className={styles.arrow}>
          {chosen && <Arrow aria-hidden="true" size={14} />}
        </span>
      </button>
    </th>
  );
}
