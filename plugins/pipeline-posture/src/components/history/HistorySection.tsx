import { useApi } from '@backstage/core-plugin-api';
import {
  EntityPosture,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { RefObject } from 'react';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { useSeen } from '../../hooks/useSeen';
import { Waiting } from '../parts';
import { Failure } from '../states';
import { ChangesPanel } from './ChangesPanel';
import styles from './history.module.css';
import { TrendPanel } from './TrendPanel';

const SHAPE = [160];

type Of = Pick<EntityPosture, 'entityRef' | 'controls' | 'lastRunAt'>;

function History(props: { posture: Of }) {
  const { asOf } = useAsOf();
  const api = useApi(pipelinePostureApiRef);
  const { entityRef, controls, lastRunAt } = props.posture;
  const { value, error, reload } = useAnswer(
    `history:${entityRef}:${lastRunAt}:${asOf}`,
    signal => api.getEntityHistory(entityRef, { asOf, signal }),
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

/** How an entity's posture came to be what it is. Asked for apart, once somebody comes near it. */
export function HistorySection(props: {
  posture: Of;
  /** Others lead here. */
  place: RefObject<HTMLDivElement>;
}) {
  const t = useText();
  const { place, posture } = props;
  const seen = useSeen(place);
  return (
    <div
      ref={place}
      tabIndex={-1}
      role="region"
      aria-label={t('history.region')}
    >
      {seen ? <History posture={posture} /> : <Waiting heights={SHAPE} />}
    </div>
  );
}
