import { useApi } from '@backstage/core-plugin-api';
import {
  EntityPosture,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { Waiting } from '../parts';
import { Failure } from '../states';
import { ChangesPanel } from './ChangesPanel';
import styles from './history.module.css';
import { TrendPanel } from './TrendPanel';

const SHAPE = [160];

/** How an entity's posture came to be what it is. Asked for apart, so that its failure leaves the rest. */
export function HistorySection(props: {
  posture: Pick<EntityPosture, 'entityRef' | 'controls' | 'lastRunAt'>;
}) {
  const api = useApi(pipelinePostureApiRef);
  const { entityRef, controls, lastRunAt } = props.posture;
  const { value, error, reload } = useAnswer(
    `history:${entityRef}:${lastRunAt}`,
    signal => api.getEntityHistory(entityRef, { signal }),
    { keep: true },
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
  return (
    <div className={styles.both}>
      <TrendPanel trend={value.trend} />
      <ChangesPanel changes={value.changes} controls={controls} />
    </div>
  );
}
