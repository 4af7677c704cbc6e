import { useApi } from '@backstage/core-plugin-api';
import {
  pipelinePostureFindingReadPermission,
  TrendBy,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { Waiting } from '../parts';
import { Failure } from '../states';
import { ComplianceTrend } from './ComplianceTrend';

const SHAPE = [180];
const DAYS = 90;

/** How large a share of services complied over time, of everything or of one group. */
export function FleetTrend(props: { by: TrendBy; groupRef?: string }) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const query = { by: props.by, ref: props.groupRef, days: DAYS };
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.getTrend(query, { signal }),
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
    <ComplianceTrend
      heading={t('fleet.trend.heading')}
      labelOf={ends => t('fleet.trend.label', ends)}
      days={value.points.map(({ entities, ...point }) => ({
        ...point,
        all: entities,
      }))}
      rubricChanges={value.rubricChanges}
    />
  );
}
