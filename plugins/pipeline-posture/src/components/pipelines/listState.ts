import {
  Compliance,
  COMPLIANCES,
  Grade,
  GRADES,
  PIPELINE_SORTS,
  PipelineQuery,
  PipelineSort,
} from 'backstage-plugin-pipeline-posture-common';
import {
  manyOf,
  oneOf,
  text,
  texts,
  UrlSchema,
  whole,
} from '../../hooks/useUrlState';

/** Platforms that the list can be filtered by. */
export const PLATFORMS = ['azure-devops', 'aws-codepipeline'] as const;

/** Numbers of rows that a page can have. */
export const PAGE_SIZES = [10, 25, 50, 100];

/** What a list of pipelines keeps in its address. */
export interface ListState {
  q: string;
  grade: readonly Grade[];
  compliance: readonly Compliance[];
  platform: ReadonlyArray<(typeof PLATFORMS)[number]>;
  owner: readonly string[];
  system: readonly string[];
  /** Id of a control; with `status` the pipelines in which it has that result. */
  control: string;
  status: ReadonlyArray<'fail' | 'unknown'>;
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
  grade: manyOf(GRADES),
  compliance: manyOf(COMPLIANCES),
  platform: manyOf(PLATFORMS),
  owner: texts(),
  system: texts(),
  control: text(),
  status: manyOf(['fail', 'unknown']),
  sort: oneOf(PIPELINE_SORTS, 'score'),
  order: oneOf(['asc', 'desc'], 'asc'),
  page: whole(1, { from: 1, to: 1_000_000 }),
  size: whole(25, { from: 1, to: 100 }),
  pipeline: text(),
  finding: text(),
};

/** The question to the server that a state stands for. */
export const queryOf = (
  state: ListState,
  fixed: Pick<PipelineQuery, 'owner' | 'system' | 'entityRef'>,
): PipelineQuery => ({
  owner: [...state.owner],
  system: [...state.system],
  ...fixed,
  text: state.q,
  grade: [...state.grade],
  compliance: [...state.compliance],
  provider: [...state.platform],
  control: state.control,
  status: [...state.status],
  sort: state.sort,
  order: state.order,
  page: state.page,
  size: state.size,
});

/** The state without filters; sort and page size stay. */
export const CLEARED: Partial<ListState> = {
  q: '',
  grade: [],
  compliance: [],
  platform: [],
  owner: [],
  system: [],
  control: '',
  status: [],
  page: 1,
};

/** Whether any filter is set. */
export const isFiltered = (state: ListState) =>
  state.q !== '' ||
  state.control !== '' ||
  [
    state.grade,
    state.compliance,
    state.platform,
    state.owner,
    state.system,
    state.status,
  ].some(chosen => chosen.length > 0);
