import { SEVERITIES, Severity } from 'backstage-plugin-pipeline-posture-common';
import { manyOf, text, UrlSchema } from '../../hooks/useUrlState';
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
  pipeline: string;
  finding: string;
  status: readonly StatusWord[];
  severity: readonly Severity[];
}

/** How the tab keeps it there. */
export const TAB_SCHEMA: UrlSchema<TabState> = {
  search: text(),
  pipeline: text(),
  finding: text(),
  status: manyOf(WORDS, DEFAULT_STATUSES),
  severity: manyOf(SEVERITIES),
};
