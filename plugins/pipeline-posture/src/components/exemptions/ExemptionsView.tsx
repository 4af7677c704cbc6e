import { Select } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  ExemptionState,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { manyOf, UrlSchema, useUrlState } from '../../hooks/useUrlState';
import { AsOfPicker, EmptyPanel, Panel, Waiting } from '../parts';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import { Exemption } from './Exemption';
import styles from './exemptions.module.css';

const SHAPE = [80, 240];
const STATES: readonly ExemptionState[] = [
  'waiting',
  'active',
  'expired',
  'lapsed',
  'rejected',
  'revoked',
];
const SCHEMA: UrlSchema<{ state: readonly ExemptionState[] }> = {
  state: manyOf(STATES, ['waiting', 'active']),
};

/** Every request that the viewer may see, with what became of it. */
export function ExemptionsView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { state, update } = useUrlState(SCHEMA);
  const { asOf } = useAsOf();
  const query = { state: [...state.state], asOf };
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    async signal => {
      const [exemptions, controls] = await Promise.all([
        api.listExemptions(query, { signal }),
        api.listControls({ signal }),
      ]);
      return {
        exemptions,
        titles: new Map(controls.map(({ id, title }) => [id, title])),
      };
    },
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
  if (!value) return <Waiting heights={SHAPE} />;
  return (
    <Panel heading={t('exemptions.title')}>
      <div className={filters.filters}>
        <Select
          label={t('exemptions.stateLabel')}
          selectionMode="multiple"
          placeholder={t('exemptions.anyState')}
          value={[...state.state]}
          onChange={chosen => update({ state: chosen as ExemptionState[] })}
          options={STATES.map(id => ({
            id,
            label: t(`exemptions.state.${id}`),
          }))}
        />
        <AsOfPicker />
      </div>
      <p className={filters.count} role="status">
        {t('exemptions.found', { count: value.exemptions.length })}
      </p>
      {value.exemptions.length === 0 ? (
        <EmptyPanel
          as="h3"
          title={t('exemptions.empty.title')}
          text={t('exemptions.empty.text')}
        />
      ) : (
        <ul className={styles.list}>
          {value.exemptions.map(exemption => (
            <Exemption
              key={exemption.id}
              exemption={exemption}
              title={
                value.titles.get(exemption.controlId) ?? exemption.controlId
              }
              onDecided={reload}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}
