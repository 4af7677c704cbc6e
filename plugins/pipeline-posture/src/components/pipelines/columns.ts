import { PipelineSort } from 'backstage-plugin-pipeline-posture-common';

/** Columns with what the list can be sorted by; `numeric` ones stand at the end of their cell. */
export const COLUMNS = [
  { id: 'name', by: 'name' },
  { id: 'belongs' },
  { id: 'reaches' },
  { id: 'grade', by: 'grade' },
  { id: 'score', by: 'score', numeric: true },
  { id: 'failing', by: 'failing' },
  { id: 'unknown', by: 'unknown', numeric: true },
  { id: 'collected', by: 'collected' },
] as const satisfies ReadonlyArray<{
  id: string;
  by?: PipelineSort;
  numeric?: boolean;
}>;

/** A column that a viewer can do without; the name stays, because it opens the row. */
export type HideableColumn = Exclude<(typeof COLUMNS)[number]['id'], 'name'>;

/** All of those, in their order. */
export const HIDEABLE = COLUMNS.map(({ id }) => id).filter(
  (id): id is HideableColumn => id !== 'name',
);
