import { Select } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  ControlMetadata,
  FindingView,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { useUrlState } from '../../hooks/useUrlState';
import { rootRouteRef } from '../../routes';
import { StatusMark, When } from '../marks';
import { Pager, Panel, Scroll, Waiting } from '../parts';
import { landing } from '../parts/focusSoon';
import filters from '../pipelines/pipelines.module.css';
import table from '../posture/dimensions.module.css';
import { resultKey, shownStatus } from '../posture/results';
import { Failure } from '../states';
import { CONTROL_SCHEMA, ControlState } from './controlsState';

const SHAPE = [200];
const SIZE = 25;

function Row({ finding }: { finding: FindingView }) {
  const t = useText();
  const names = useNames();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const { pipelineId, pipelineName, provider, instances, since } = finding;
  const search = new URLSearchParams({
    pipeline: pipelineId,
    finding: resultKey(finding),
  });
  return (
    <tr>
      <th scope="row">
        <Link to={keep(`${root}?${search}`)}>{pipelineName}</Link>
      </th>
      <td>{names.platform(provider)}</td>
      <td>
        <StatusMark status={shownStatus(finding)} />
      </td>
      <td lang="en" className={table.wrap}>
        {instances[0]?.observed ?? t('none')}
      </td>
      <td>
        <When at={since} />
      </td>
    </tr>
  );
}

/** Where a control fails or could not be checked. Its list is asked of the server by page. */
export function ControlPipelines({ control }: { control: ControlMetadata }) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const { state, update } = useUrlState(CONTROL_SCHEMA);
  const query = {
    control: [control.id],
    status: [...state.status],
    page: state.page,
    size: SIZE,
    asOf,
  };
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.listFindings(query, { signal }),
    { keep: true },
  );
  return (
    <Panel heading={t('controls.where')}>
      <div className={filters.filters}>
        <Select
          label={t('entity.findings.status')}
          selectionMode="multiple"
          placeholder={t('entity.findings.anyStatus')}
          value={[...state.status]}
          onChange={status =>
            update({ status: status as ControlState['status'], page: 1 })
          }
          options={[
            { id: 'fail', label: t('status.fail') },
            { id: 'unknown', label: t('status.unknown') },
          ]}
        />
      </div>
      <p className={filters.count} role="status" {...landing}>
        {value && t('fleet.found', { count: value.total })}
      </p>
      {error && !value && (
        <Failure
          part
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          onRetry={reload}
        />
      )}
      {!error && !value && <Waiting heights={SHAPE} />}
      {value && value.items.length > 0 && (
        <Scroll label={t('table', { name: t('controls.where') })}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('fleet.column.name')}</th>
                <th scope="col">{t('fleet.column.platform')}</th>
                <th scope="col">{t('entity.findings.status')}</th>
                <th scope="col">{t('finding.observed')}</th>
                <th scope="col">{t('controls.since')}</th>
              </tr>
            </thead>
            <tbody>
              {value.items.map(one => (
                <Row key={resultKey(one)} finding={one} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <Pager
        page={state.page}
        pages={Math.ceil((value?.total ?? 0) / SIZE)}
        onChange={page => update({ page })}
      />
    </Panel>
  );
}
