import {
  Cell,
  CellText,
  ColumnConfig,
  SortState,
  Table,
  TablePaginationType,
} from '@backstage/ui';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { PipelineSummary } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode, useMemo } from 'react';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { StaleFlag, GradeMark, SeverityCount, When } from '../marks';
import { severitiesOf } from '../posture/checks';
import styles from './pipelines.module.css';

const SHOWN_ENTITIES = 2;

function Entities({ refs }: { refs: readonly string[] }) {
  const t = useText();
  if (refs.length === 0) return <>{t('fleet.noEntity')}</>;
  return (
    <>
      <EntityRefLinks
        entityRefs={refs.slice(0, SHOWN_ENTITIES)}
        defaultKind="component"
      />
      {refs.length > SHOWN_ENTITIES && (
        <> {t('fleet.moreEntities', { count: refs.length - SHOWN_ENTITIES })}</>
      )}
    </>
  );
}

function TwoLines(props: { first: ReactNode; second: string }) {
  return (
    <span className={styles.lines}>
      <span>{props.first}</span>
      <span className={styles.second}>{props.second}</span>
    </span>
  );
}

function Failing({ pipeline }: { pipeline: PipelineSummary }) {
  const t = useText();
  const severities = severitiesOf(pipeline.failing);
  if (severities.length === 0) return <>{pipeline.counts.fail || t('none')}</>;
  return (
    <span className={styles.severities}>
      {severities.map(({ severity, number }) => (
        <SeverityCount key={severity} severity={severity} number={number} />
      ))}
    </span>
  );
}

/** A list of pipelines. Sorting and paging are done by whoever gives the rows. */
export function PipelineTable(props: {
  pipelines?: PipelineSummary[];
  pending?: boolean;
  stale?: boolean;
  sort?: SortState;
  pagination?: TablePaginationType;
  empty?: ReactNode;
  /** Leaves out the column of entities, on an entity's own page. */
  ofEntity?: boolean;
  onOpen: (pipeline: PipelineSummary) => void;
}) {
  const t = useText();
  const names = useNames();
  const { ofEntity } = props;
  const sortable = props.sort !== undefined;
  const columns = useMemo(
    (): ColumnConfig<PipelineSummary>[] => [
      {
        id: 'name',
        label: t('fleet.column.name'),
        isRowHeader: true,
        isSortable: sortable,
        cell: ({ name, scope, kind }) => (
          <Cell>
            <TwoLines
              first={<strong>{name}</strong>}
              second={ofEntity ? scope : `${t(`kind.${kind}`)}, ${scope}`}
            />
          </Cell>
        ),
      },
      {
        id: 'entities',
        label: t('fleet.column.entities'),
        isHidden: ofEntity,
        cell: ({ entityRefs }) => (
          <Cell>
            <Entities refs={entityRefs} />
          </Cell>
        ),
      },
      {
        id: 'platform',
        label: t('fleet.column.platform'),
        isHidden: !ofEntity,
        cell: ({ provider, kind }) => (
          <Cell>
            <TwoLines
              first={names.platform(provider)}
              second={t(`kind.${kind}`)}
            />
          </Cell>
        ),
      },
      {
        id: 'reaches',
        label: t('fleet.column.reaches'),
        cell: ({ reachesProduction }) => (
          <CellText title={t(`reachesShort.${reachesProduction}`)} />
        ),
      },
      {
        id: 'grade',
        label: t('fleet.column.grade'),
        isSortable: sortable,
        cell: ({ grade }) => (
          <Cell>
            <GradeMark grade={grade} />
          </Cell>
        ),
      },
      {
        id: 'score',
        label: t('fleet.column.score'),
        isSortable: sortable,
        cell: ({ score }) => (
          <Cell>
            <span className={styles.number}>{score}</span>
          </Cell>
        ),
      },
      {
        id: 'failing',
        label: t('fleet.column.failing'),
        isSortable: sortable,
        cell: pipeline => (
          <Cell>
            <Failing pipeline={pipeline} />
          </Cell>
        ),
      },
      {
        id: 'unknown',
        label: t('fleet.column.unknown'),
        isSortable: sortable,
        cell: ({ counts }) => (
          <Cell>
            <span className={styles.number}>{counts.unknown || t('none')}</span>
          </Cell>
        ),
      },
      {
        id: 'collected',
        label: t('fleet.column.collected'),
        isSortable: sortable,
        cell: ({ collectedAt, stale }) => (
          <Cell>
            <When at={collectedAt} /> {stale && <StaleFlag />}
          </Cell>
        ),
      },
    ],
    [names, ofEntity, sortable, t],
  );
  return (
    <Table
      columnConfig={columns}
      data={props.pipelines}
      isPending={props.pending}
      isStale={props.stale}
      sort={props.sort}
      pagination={props.pagination ?? { type: 'none' }}
      emptyState={props.empty}
      rowConfig={{ onClick: props.onOpen }}
      className={styles.table}
    />
  );
}
