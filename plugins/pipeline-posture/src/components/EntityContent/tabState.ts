import { SEVERITIES, Severity } from 'backstage-plugin-pipeline-posture-common';
import { manyOf, oneOf, text, UrlSchema } from '../../hooks/useUrlState';
import { ShownStatus } from '../marks';

/** Words for statuses in an address. */
export const STATUS_WORDS = {
  fail: 'failing',
  unknown: 'unknown',
  exempt: 'exempt',
  preview: 'not-scored-yet',
  pass: 'passing',
  'not-applicable': 'not-applicable',
} as const;

/** A status as it stands in an address. */
export type StatusWord = (typeof STATUS_WORDS)[ShownStatus];

const WORDS = Object.values(STATUS_WORDS);

/** What people first see: what fails and what is not known. */
export const DEFAULT_STATUSES: readonly StatusWord[] = ['failing', 'unknown'];

/** What the tab keeps in its address. */
export interface TabState {
  search: string;
  /** The pipeline whose results are listed. */
  in: string;
  /** The pipeline that is open beside the list. */
  pipeline: string;
  finding: string;
  /** Only what the service's owner can mend. */
  mine: '' | 'yes';
  status: readonly StatusWord[];
  severity: readonly Severity[];
}

/** How the tab keeps it there. */
export const TAB_SCHEMA: UrlSchema<TabState> = {
  search: text(),
  in: text(),
  pipeline: text(),
  finding: text(),
  mine: oneOf(['', 'yes'] as const, ''),
  status: manyOf(WORDS, DEFAULT_STATUSES),
  severity: manyOf(SEVERITIES),
};

/** No filter but that of statuses. */
export const ALL_RESULTS = {
  search: TAB_SCHEMA.search.fallback,
  in: TAB_SCHEMA.in.fallback,
  mine: TAB_SCHEMA.mine.fallback,
  severity: TAB_SCHEMA.severity.fallback,
};
