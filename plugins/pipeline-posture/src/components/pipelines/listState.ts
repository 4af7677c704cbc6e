import {
  Compliance,
  COMPLIANCES,
  Dimension,
  DIMENSIONS,
  Grade,
  GRADES,
  ListedStatus,
  PIPELINE_SORTS,
  PIPELINE_TIERS,
  PipelineFilter,
  PipelineQuery,
  PipelineSort,
  PipelineTier,
  SEVERITIES,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import {
  day,
  manyOf,
  oneOf,
  text,
  texts,
  UrlSchema,
  whole,
} from '../../hooks/useUrlState';

import { HIDEABLE, HideableColumn } from './columns';

/** Platforms that the list can be filtered by. */
export const PLATFORMS = ['azure-devops', 'aws-codepipeline'] as const;

/** Numbers of rows that a page can have. */
export const PAGE_SIZES = [10, 25, 50, 100];

/** Statuses of controls as they stand in an address, by what the server calls them. */
export const LISTED_WORDS = {
  fail: 'failing',
  unknown: 'unknown',
  exempt: 'exempt',
  preview: 'not-scored-yet',
} as const satisfies Record<ListedStatus, string>;

/** A status in an address. */
export type ListedWord = (typeof LISTED_WORDS)[ListedStatus];

/** All statuses that can be listed. */
export const LISTED: readonly ListedStatus[] = [
  'fail',
  'unknown',
  'exempt',
  'preview',
];

const WORDS = LISTED.map(status => LISTED_WORDS[status]);

/** What the server calls a status in an address. */
export const statusOf = (word: ListedWord): ListedStatus =>
  LISTED.find(status => LISTED_WORDS[status] === word) ?? 'fail';

/** What a list of pipelines keeps in its address. */
export interface ListState {
  q: string;
  owner: readonly string[];
  system: readonly string[];
  domain: readonly string[];
  platform: ReadonlyArray<(typeof PLATFORMS)[number]>;
  grade: readonly Grade[];
  compliance: readonly Compliance[];
  /** Id of a control; with `status` the pipelines in which it has that result. */
  control: string;
  status: readonly ListedWord[];
  severity: readonly Severity[];
  dimension: readonly Dimension[];
  /** What pipelines deploy to. */
  env: readonly PipelineTier[];
  lifecycle: readonly string[];
  /** Whether they belong to an entity. */
  linked: '' | 'yes' | 'no';
  asOf: string;
  /** Columns that are not shown. */
  hide: readonly HideableColumn[];
  sort: PipelineSort;
  order: 'asc' | 'desc';
  page: number;
  size: number;
  pipeline: string;
  finding: string;
}

/** How a list of pipelines keeps it there. */
export const LIST_SCHEMA: UrlSchema<ListState> = {
  q: text(),
  owner: texts(),
  system: texts(),
  domain: texts(),
  platform: manyOf(PLATFORMS),
  grade: manyOf(GRADES),
  compliance: manyOf(COMPLIANCES),
  control: text(),
  status: manyOf(WORDS),
  severity: manyOf(SEVERITIES),
  dimension: manyOf(DIMENSIONS),
  env: manyOf(PIPELINE_TIERS),
  lifecycle: texts(),
  linked: oneOf(['', 'yes', 'no'] as const, ''),
  asOf: day(),
  hide: manyOf(HIDEABLE),
  sort: oneOf(PIPELINE_SORTS, 'score'),
  order: oneOf(['asc', 'desc'], 'asc'),
  page: whole(1, { from: 1, to: 1_000_000 }),
  size: whole(25, { from: 1, to: 100 }),
  pipeline: text(),
  finding: text(),
};

/** Filters that a screen sets whatever stands in its address. */
export type FixedFilter = Pick<
  PipelineQuery,
  'owner' | 'system' | 'domain' | 'entityRef'
>;

/** Which pipelines a state means. */
export const filterOf = (
  state: ListState,
  fixed: FixedFilter = {},
): PipelineFilter => ({
  owner: [...state.owner],
  system: [...state.system],
  domain: [...state.domain],
  ...fixed,
  text: state.q,
  grade: [...state.grade],
  compliance: [...state.compliance],
  provider: [...state.platform],
  control: state.control,
  status: state.status.map(statusOf),
  severity: [...state.severity],
  dimension: [...state.dimension],
  tier: [...state.env],
  lifecycle: [...state.lifecycle],
  ...(state.linked !== '' && { linked: state.linked === 'yes' }),
  ...(state.asOf !== '' && { asOf: state.asOf }),
});

/** The question to the server that a state stands for. */
export const queryOf = (
  state: ListState,
  fixed: FixedFilter,
): PipelineQuery => ({
  ...filterOf(state, fixed),
  sort: state.sort,
  order: state.order,
  page: state.page,
  size: state.size,
});

/** The state without filters; sort, page size and day stay. */
export const CLEARED: Partial<ListState> = {
  q: '',
  owner: [],
  system: [],
  domain: [],
  platform: [],
  grade: [],
  compliance: [],
  control: '',
  status: [],
  severity: [],
  dimension: [],
  env: [],
  lifecycle: [],
  linked: '',
  page: 1,
};

/** Whether only pipelines with certain results are meant. */
export const isAboutResults = (state: ListState) =>
  state.control !== '' ||
  [state.status, state.severity, state.dimension].some(
    chosen => chosen.length > 0,
  );

/** Whether any filter is set. */
export const isFiltered = (state: ListState) =>
  state.q !== '' ||
  state.control !== '' ||
  state.linked !== '' ||
  [
    state.owner,
    state.system,
    state.domain,
    state.platform,
    state.grade,
    state.compliance,
    state.status,
    state.severity,
    state.dimension,
    state.env,
    state.lifecycle,
  ].some(chosen => chosen.length > 0);
