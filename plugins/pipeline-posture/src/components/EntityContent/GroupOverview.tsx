import { useApi } from '@backstage/core-plugin-api';
import {
  PipelineFilter,
  pipelinePostureFindingReadPermission,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { FleetTrend } from '../fleet/FleetTrend';
import { PipelinesTrend } from '../fleet/PipelinesTrend';
import { Waiting } from '../parts';
import styles from '../posture/posture.module.css';
import { Failure } from '../states';
import { GroupPosture } from './GroupPosture';
import { MembersPanel } from './MembersPanel';
import { TopFixes } from './TopFixes';

const SHAPE = [240, 160];

/** How a group does over everything that the filters let through: numbers, trend, first fixes, members. */
export function GroupOverview(props: {
  by: RollUpBy;
  groupRef: string;
  filter: PipelineFilter;
  /** Whether any filter beside the group is set. */
  filtered: boolean;
}) {
  const api = useApi(pipelinePostureApiRef);
  const { by, groupRef, filter, filtered } = props;
  const { value, error, reload } = useAnswer(
    `group:${by}:${JSON.stringify(filter)}`,
    signal => api.getRollUps(by, { signal }, filter),
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
  const group = value.find(({ ref }) => ref === groupRef);
  return (
    <>
      <div className={styles.top}>
        {group && <GroupPosture group={group} />}
        {filtered ? (
          <PipelinesTrend filter={filter} filtered />
        ) : (
          <FleetTrend by={by} groupRef={groupRef} />
        )}
      </div>
      {group && <TopFixes group={group} by={by} />}
      <MembersPanel filter={filter} />
    </>
  );
}
