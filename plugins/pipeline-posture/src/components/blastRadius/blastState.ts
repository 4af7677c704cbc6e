import { oneOf, text, UrlSchema, whole } from '../../hooks/useUrlState';

/** What the page keeps in its address. */
export interface BlastState {
  q: string;
  identity: string;
  view: 'graph' | 'table';
  page: number;
}

/** How it keeps it there. */
export const BLAST_SCHEMA: UrlSchema<BlastState> = {
  q: text(),
  identity: text(),
  view: oneOf(['graph', 'table'] as const, 'graph'),
  page: whole(1, { from: 1, to: 100_000 }),
};
