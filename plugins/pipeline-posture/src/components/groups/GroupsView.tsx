import { Select, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  pipelinePostureFindingReadPermission,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useControlTitles } from '../../hooks/useControlTitles';
import { useText } from '../../hooks/useText';
import { useUrlState } from '../../hooks/useUrlState';
import { AsOfPicker, Panel, Waiting } from '../parts';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import { BY, GROUPS_SCHEMA } from './groupsState';
import { GroupTable } from './GroupTable';
import { HeatMapTable } from './HeatMapTable';

const SHAPE = [300];

function RollUps({ by }: { by: RollUpBy }) {
  const t = useText();
  const { asOf } = useAsOf();
  const api = useApi(pipelinePostureApiRef);
  const titles = useControlTitles();
  const { value, error, reload } = useAnswer(`groups:${by}:${asOf}`, signal =>
    api.getRollUps(by, { signal }, { asOf }),
  );
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
  if (value.length === 0) return <p>{t('groups.empty')}</p>;
  return (
    <>
      <p>{t('groups.note')}</p>
      <GroupTable groups={value} by={by} titles={titles} />
    </>
  );
}

function Heat({ by }: { by: RollUpBy }) {
  const t = useText();
  const { asOf } = useAsOf();
  const api = useApi(pipelinePostureApiRef);
  const { value, error, reload } = useAnswer(`heat:${by}:${asOf}`, signal =>
    api.getHeatMap(by, { asOf }, { signal }),
  );
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
  if (value.groups.length === 0) return <p>{t('groups.empty')}</p>;
  return <HeatMapTable heatMap={value} />;
}

/** Posture by owner, system or domain, weakest first. */
export function GroupsView() {
  const t = useText();
  const { state, update, rejected } = useUrlState(GROUPS_SCHEMA);
  const { by, view } = state;
  return (
    <>
      <IgnoredFilters rejected={rejected} />
      <Panel
        heading={t('groups.title')}
        beside={
          <ToggleButtonGroup
            aria-label={t('blast.view')}
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[view]}
            onSelectionChange={keys =>
              update({ view: keys.has('heat-map') ? 'heat-map' : 'table' })
            }
          >
            <ToggleButton id="table">{t('blast.asTable')}</ToggleButton>
            <ToggleButton id="heat-map">{t('groups.heat.title')}</ToggleButton>
          </ToggleButtonGroup>
        }
      >
        <div className={filters.filters}>
          <Select
            label={t('groups.by')}
            value={by}
            onChange={chosen => update({ by: chosen as RollUpBy })}
            options={BY.map(id => ({ id, label: t(`groups.${id}`) }))}
          />
          <AsOfPicker />
        </div>
        {view === 'heat-map' ? <Heat by={by} /> : <RollUps by={by} />}
      </Panel>
    </>
  );
}
