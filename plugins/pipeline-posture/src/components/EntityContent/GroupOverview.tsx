import { useApi } from '@backstage/core-plugin-api';
import {
  PipelineFilter,
  pipelinePostureFindingReadPermission,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { UrlState } from '../../hooks/useUrlState';
import { FleetTrend } from '../fleet/FleetTrend';
import { PipelinesTrend } from '../fleet/PipelinesTrend';
import { Waiting } from '../parts';
import { isFiltered, ListState } from '../pipelines/listState';
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
  /** The filters beside the group. */
  url: UrlState<ListState>;
}) {
  const api = useApi(pipelinePostureApiRef);
  const { by, groupRef, filter, url } = props;
  const filtered = isFiltered(url.state);
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
        {filtered || filter.asOf ? (
          <PipelinesTrend filter={filter} filtered />
        ) : (
          <FleetTrend by={by} groupRef={groupRef} />
        )}
      </div>
      {group && <TopFixes group={group} by={by} url={url} />}
      <MembersPanel filter={filter} />
    </>
  );
}
