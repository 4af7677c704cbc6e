import { Button, SearchField, Select } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  ControlMetadata,
  Dimension,
  DIMENSIONS,
  FleetSummary,
  pipelinePostureFindingReadPermission,
  SEVERITIES,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { useUrlState } from '../../hooks/useUrlState';
import { rootRouteRef } from '../../routes';
import { SeverityMark } from '../marks';
import { AsOfPicker, EmptyPanel, Panel, Scroll, Waiting } from '../parts';
import { focusSoon, landing, LANDING } from '../parts/focusSoon';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import filters from '../pipelines/pipelines.module.css';
import table from '../posture/dimensions.module.css';
import { Failure } from '../states';
import { CONTROLS_SCHEMA, ControlsState } from './controlsState';

const SHAPE = [400];

const matches = (control: ControlMetadata, state: ControlsState) =>
  (state.dimension.length === 0 ||
    state.dimension.includes(control.dimension)) &&
  (state.severity.length === 0 || state.severity.includes(control.severity)) &&
  `${control.title} ${control.id}`
    .toLowerCase()
    .includes(state.q.toLowerCase());

const inOrder = (a: ControlMetadata, b: ControlMetadata) =>
  DIMENSIONS.indexOf(a.dimension) - DIMENSIONS.indexOf(b.dimension) ||
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  a.title.localeCompare(b.title);

function Rows(props: {
  controls: readonly ControlMetadata[];
  summary: FleetSummary;
}) {
  const t = useText();
  const names = useNames();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  const counts = new Map(props.summary.controls.map(c => [c.controlId, c]));
  return (
    <Scroll label={t('table', { name: t('controls.title') })}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('controls.column.title')}</th>
            <th scope="col">{t('controls.column.severity')}</th>
            <th scope="col">{t('controls.column.dimension')}</th>
            <th scope="col">{t('controls.column.platforms')}</th>
            <th scope="col" className={table.number}>
              {t('controls.column.failing')}
            </th>
            <th scope="col" className={table.number}>
              {t('controls.column.unknown')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.controls.map(control => {
            const count = counts.get(control.id);
            return (
              <tr key={control.id}>
                <th scope="row" className={table.wrap}>
                  <Link to={keep(`${root}/controls/${control.id}`)} lang="en">
                    {control.title}
                  </Link>{' '}
                  {control.lifecycle === 'preview' &&
                    `(${t('status.preview')})`}
                </th>
                <td>
                  <SeverityMark severity={control.severity} />
                </td>
                <td>{t(`dimension.${control.dimension}`)}</td>
                <td>
                  {Object.keys(control.remediation)
                    .map(names.platform)
                    .join(', ')}
                </td>
                <td className={table.number}>{count?.failing ?? 0}</td>
                <td className={table.number}>{count?.unknown ?? 0}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Every control that pipelines are checked by. */
export function ControlsView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { asOf } = useAsOf();
  const url = useUrlState(CONTROLS_SCHEMA);
  const { state, update } = url;
  const { value, error, reload } = useAnswer(
    `controls:${asOf}`,
    async signal => {
      const [controls, summary] = await Promise.all([
        api.listControls({ signal }),
        api.getSummary({ asOf }, { signal }),
      ]);
      return { controls: [...controls].sort(inOrder), summary };
    },
    { keep: true },
  );
  const shown =
    value?.controls.filter(control => matches(control, state)) ?? [];
  const clear = () => {
    update({ q: '', dimension: [], severity: [] });
    focusSoon(LANDING);
  };
  return (
    <Panel heading={t('controls.title')}>
      <IgnoredFilters rejected={url.rejected} />
      <div
        className={filters.filters}
        role="search"
        aria-label={t('fleet.filters')}
      >
        <SearchField
          label={t('entity.findings.search')}
          value={state.q}
          onChange={q => update({ q }, { replace: true })}
        />
        <Select
          label={t('controls.column.dimension')}
          selectionMode="multiple"
          placeholder={t('fleet.any')}
          value={[...state.dimension]}
          onChange={dimension =>
            update({ dimension: dimension as Dimension[] })
          }
          options={DIMENSIONS.map(id => ({ id, label: t(`dimension.${id}`) }))}
        />
        <Select
          label={t('controls.column.severity')}
          selectionMode="multiple"
          placeholder={t('fleet.any')}
          value={[...state.severity]}
          onChange={severity => update({ severity: severity as Severity[] })}
          options={SEVERITIES.map(id => ({ id, label: t(`severity.${id}`) }))}
        />
        <AsOfPicker />
      </div>
      <p className={filters.count} role="status" {...landing}>
        {value &&
          t('controls.shown', {
            count: shown.length,
            all: String(value.controls.length),
            pipelines: String(value.summary.pipelines),
          })}
      </p>
      {error && !value && (
        <Failure
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          onRetry={reload}
        />
      )}
      {!error && !value && <Waiting heights={SHAPE} />}
      {value && shown.length > 0 && (
        <Rows controls={shown} summary={value.summary} />
      )}
      {value && shown.length === 0 && (
        <EmptyPanel as="h3" title={t('state.noFindings.title')}>
          <Button variant="secondary" onPress={clear}>
            {t('state.noMatch.clear')}
          </Button>
        </EmptyPanel>
      )}
    </Panel>
  );
}
