import { useApi } from '@backstage/core-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  EntityRow,
  PipelineFilter,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useEffect, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { ComplianceMark, GradeMark } from '../marks';
import { EntityLinks, Pager, Panel, Scroll, Waiting } from '../parts';
import { AddressOf } from '../parts/EntityLinks';
import table from '../posture/dimensions.module.css';
import { Failure } from '../states';

const SHAPE = [200];
const SIZE = 10;

function Row({ row, addressOf }: { row: EntityRow; addressOf: AddressOf }) {
  const t = useText();
  return (
    <tr>
      <th scope="row">
        <EntityLinks refs={[row.entityRef]} addressOf={addressOf} />
      </th>
      <td>
        <GradeMark grade={row.grade} />
      </td>
      <td className={table.number}>{row.score}</td>
      <td>
        <ComplianceMark compliance={row.compliance} />
      </td>
      <td className={table.number}>{row.pipelines}</td>
      <td className={table.number}>{row.failing || t('none')}</td>
      <td className={table.number}>{row.unknown || t('none')}</td>
    </tr>
  );
}

/** The components of a system, domain or group that have a pipeline, weakest first. */
export function MembersPanel({ filter }: { filter: PipelineFilter }) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const addressOf = useEntityRefLink();
  const [page, setPage] = useState(1);
  const filterKey = JSON.stringify(filter);
  useEffect(() => setPage(1), [filterKey]);
  const { value, error, reload } = useAnswer(
    `members:${filterKey}:${page}`,
    signal => api.listEntities({ ...filter, page, size: SIZE }, { signal }),
    { keep: true },
  );
  const heading = t('groups.members.heading');
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  if (value.total === 0) return null;
  return (
    <Panel heading={heading}>
      <Scroll label={t('table', { name: heading })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('groups.members.name')}</th>
              <th scope="col">{t('fleet.column.grade')}</th>
              <th scope="col" className={table.number}>
                {t('fleet.column.score')}
              </th>
              <th scope="col">{t('fleet.field.compliance')}</th>
              <th scope="col" className={table.number}>
                {t('groups.column.pipelines')}
              </th>
              <th scope="col" className={table.number}>
                {t('fleet.column.failing')}
              </th>
              <th scope="col" className={table.number}>
                {t('fleet.column.unknown')}
              </th>
            </tr>
          </thead>
          <tbody>
            {value.items.map(row => (
              <Row key={row.entityRef} row={row} addressOf={addressOf} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <Pager
        page={page}
        pages={Math.ceil(value.total / SIZE)}
        onChange={setPage}
      />
    </Panel>
  );
}
