import { Alert, Button, SortDescriptor } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  FleetFacets,
  PipelineFilter,
  pipelinePostureFindingReadPermission,
  PipelineSort,
} from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useControlTitles } from '../../hooks/useControlTitles';
import { useText } from '../../hooks/useText';
import { UrlState, useUrlState } from '../../hooks/useUrlState';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import { EmptyPanel, Panel } from '../parts';
import { Failure } from '../states';
import { ActiveFilters } from './ActiveFilters';
import { FieldName } from './filterFields';
import { ListFilters } from './ListFilters';
import {
  CLEARED,
  filterOf,
  FixedFilter,
  isFiltered,
  LIST_SCHEMA,
  ListState,
  PAGE_SIZES,
  queryOf,
} from './listState';
import { PipelineDrawer } from './PipelineDrawer';
import { PipelineTable } from './PipelineTable';
import styles from './pipelines.module.css';

const SORT_COLUMN: Record<PipelineSort, string> = {
  name: 'name',
  score: 'score',
  grade: 'grade',
  failing: 'failing',
  unknown: 'unknown',
  collected: 'collected',
};

/** Best things are looked for at the top by their name, worst things by their number. */
const descriptorOf = ({ sort, order }: ListState): SortDescriptor => ({
  column: SORT_COLUMN[sort],
  direction: order === 'asc' ? 'ascending' : 'descending',
});

/** A list of pipelines that the server filters, sorts and pages; all of that is in the address. */
export function PipelineList(props: {
  heading: string;
  fixed?: FixedFilter;
  /** Filters that are not offered. */
  without?: readonly FieldName[];
  /** Stands above the list and obeys the same filters. */
  above?: (list: {
    filter: PipelineFilter;
    facets?: FleetFacets;
    titles: ReadonlyMap<string, string>;
    url: UrlState<ListState>;
  }) => ReactNode;
  /** Stands beside the heading of the list. */
  beside?: (list: { filter: PipelineFilter; total: number }) => ReactNode;
  /** Shown where there are none at all. */
  empty: ReactNode;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const url = useUrlState(LIST_SCHEMA);
  const { state, update } = url;
  const fixed = props.fixed ?? {};
  const query = queryOf(state, fixed);
  const filter = filterOf(state, fixed);
  const titles = useControlTitles();
  const { value: facets } = useAnswer(
    `facets:${JSON.stringify(filter)}`,
    signal => api.getFacets(filter, { signal }),
    { keep: true },
  );
  const { value, error, pending, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.listPipelines(query, { signal }),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  const filtered = isFiltered(state);
  if (value?.total === 0 && !filtered && !pending) return <>{props.empty}</>;
  return (
    <>
      <IgnoredFilters rejected={url.rejected} />
      <Panel heading={t('fleet.filters')}>
        <ListFilters
          url={url}
          facets={facets}
          titles={titles}
          without={props.without}
        />
        <ActiveFilters url={url} titles={titles} />
      </Panel>
      {props.above?.({ filter, facets, titles, url })}
      <Panel
        heading={props.heading}
        beside={props.beside?.({ filter, total: value?.total ?? 0 })}
      >
        <p className={styles.count} role="status">
          {value && !pending && t('fleet.found', { count: value.total })}
          {value && pending && t('state.refreshing')}
        </p>
        {error && (
          <Alert
            status="warning"
            icon
            title={t('state.noAnswer.title')}
            description={t('state.noAnswer.text')}
            customActions={
              <Button size="small" variant="secondary" onPress={reload}>
                {t('state.tryAgain')}
              </Button>
            }
          />
        )}
        <PipelineTable
          pipelines={value?.items}
          pending={!value}
          stale={pending}
          sort={{
            descriptor: descriptorOf(state),
            onSortChange: ({ column, direction }) =>
              update({
                sort: column as PipelineSort,
                order: direction === 'ascending' ? 'asc' : 'desc',
                page: 1,
              }),
          }}
          pagination={{
            type: 'page',
            pageSize: state.size,
            pageSizeOptions: PAGE_SIZES.map(size => ({
              value: size,
              label: t('fleet.rows', { count: size }),
            })),
            offset: (state.page - 1) * state.size,
            totalCount: value?.total,
            hasPreviousPage: state.page > 1,
            hasNextPage: state.page * state.size < (value?.total ?? 0),
            onPreviousPage: () => update({ page: state.page - 1 }),
            onNextPage: () => update({ page: state.page + 1 }),
            onPageSizeChange: size => update({ size, page: 1 }),
            getLabel: ({ offset = 0, pageSize, totalCount = 0 }) =>
              t('fleet.range', {
                from: String(Math.min(offset + 1, totalCount)),
                to: String(Math.min(offset + pageSize, totalCount)),
                total: String(totalCount),
              }),
          }}
          empty={
            filtered && (
              <NoMatch fixed={props.fixed} onClear={() => update(CLEARED)} />
            )
          }
          onOpen={({ id }) => update({ pipeline: id, finding: '' })}
        />
        <PipelineDrawer url={url} onChanged={reload} />
      </Panel>
    </>
  );
}

/** Says how many there are without filters. Asked for only when it is shown. */
function NoMatch(props: { fixed?: FixedFilter; onClear: () => void }) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const query = { ...props.fixed, asOf, size: 1 };
  const { value } = useAnswer(JSON.stringify(query), signal =>
    api.listPipelines(query, { signal }),
  );
  return (
    <EmptyPanel
      as="h3"
      title={t('state.noMatch.title')}
      text={value && t('state.noMatch.text', { count: value.total })}
    >
      <Button variant="secondary" onPress={props.onClear}>
        {t('state.noMatch.clear')}
      </Button>
    </EmptyPanel>
  );
}
