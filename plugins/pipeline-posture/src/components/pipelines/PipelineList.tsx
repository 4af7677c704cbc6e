import { Alert, Button } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  FleetFacets,
  PipelineFilter,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useControlTitles } from '../../hooks/useControlTitles';
import { useDensity } from '../../hooks/useDensity';
import { useText } from '../../hooks/useText';
import { UrlState, useUrlState } from '../../hooks/useUrlState';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import { EmptyPanel, Panel } from '../parts';
import { focusSoon, landing, LANDING } from '../parts/focusSoon';
import { Failure } from '../states';
import { ActiveFilters } from './ActiveFilters';
import { ColumnsMenu } from './ColumnsMenu';
import { DensitySwitch } from './DensitySwitch';
import { FieldName } from './filterFields';
import { ListFilters } from './ListFilters';
import {
  CLEARED,
  filterOf,
  FixedFilter,
  isFiltered,
  LIST_SCHEMA,
  ListState,
  queryOf,
} from './listState';
import { Pagination } from './Pagination';
import { PipelineDrawer } from './PipelineDrawer';
import { PipelineTable } from './PipelineTable';
import styles from './pipelines.module.css';
import table from './table.module.css';

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
  const [density, setDensity] = useDensity();
  const { value: facets } = useAnswer(
    `facets:${JSON.stringify(filter)}`,
    signal => api.getFacets(filter, { signal }),
    { keep: true },
  );
  const { value, error, pending, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.listPipelines(query, { signal }),
    { keep: 'on-error' },
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
  if (value?.total === 0 && !filtered && !pending && !error)
    return <>{props.empty}</>;
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
        beside={
          <div className={table.tools}>
            <ColumnsMenu
              hidden={state.hide}
              onChoose={hide => update({ hide })}
            />
            <DensitySwitch density={density} onChoose={setDensity} />
            {props.beside?.({ filter, total: value?.total ?? 0 })}
          </div>
        }
      >
        <p className={styles.count} role="status" {...landing}>
          {value &&
            !pending &&
            !error &&
            t('fleet.found', { count: value.total })}
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
        {value?.total === 0 ? (
          filtered && (
            <NoMatch
              fixed={props.fixed}
              onClear={() => {
                update(CLEARED);
                focusSoon(LANDING);
              }}
            />
          )
        ) : (
          <>
            <PipelineTable
              pipelines={value?.items}
              stale={pending}
              density={density}
              hidden={state.hide}
              openId={state.pipeline}
              sort={{ by: state.sort, order: state.order }}
              onSort={({ by, order }) => update({ sort: by, order, page: 1 })}
              onOpen={({ id }) => update({ pipeline: id, finding: '' })}
            />
            {value && (
              <Pagination
                page={state.page}
                size={state.size}
                total={value.total}
                onPage={page => update({ page })}
                onSize={size => update({ size, page: 1 })}
              />
            )}
          </>
        )}
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
