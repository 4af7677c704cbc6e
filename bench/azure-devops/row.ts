/** One line of the table that a benchmark prints. */
export interface BenchRow {
  /** `B1`, `B2` … */
  row: string;
  what: string;
  figure: number;
  /** What the figure is compared with. */
  bar: number;
  /** Whether the figure must stay below or above the bar. */
  must: 'at most' | 'at least';
  unit: string;
  /** What else was seen, for the reader. */
  notes: string;
}

/** True if the figure meets its bar. */
export const meetsBar = ({ figure, bar, must }: BenchRow) =>
  must === 'at most' ? figure <= bar : figure >= bar;
