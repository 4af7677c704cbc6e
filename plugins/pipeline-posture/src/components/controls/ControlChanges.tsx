import { useApi } from '@backstage/core-plugin-api';
import {
  pipelinePostureFindingReadPermission,
  RubricChange,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dayOf } from '../marks';
import { Panel, Waiting } from '../parts';
import { Failure } from '../states';

const SHAPE = [60];
const DAYS = 395;

function whatIn(
  change: RubricChange,
  id: string,
): 'added' | 'changed' | 'removed' | undefined {
  if (change.controlsAdded.includes(id)) return 'added';
  if (change.controlsChanged.includes(id)) return 'changed';
  return change.controlsRemoved.includes(id) ? 'removed' : undefined;
}

/** When the rule of a control changed. */
export function ControlChanges({ id }: { id: string }) {
  const t = useText();
  const locale = useLocale();
  const api = useApi(pipelinePostureApiRef);
  const { value, error, reload } = useAnswer('rubric', signal =>
    api.getTrend({ by: 'fleet', days: DAYS }, { signal }),
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
  const changes = value.rubricChanges.flatMap(change => {
    const what = whatIn(change, id);
    return what ? [{ day: change.day, what }] : [];
  });
  return (
    <Panel heading={t('controls.changes.heading')}>
      {changes.length === 0 ? (
        <p>{t('controls.changes.none')}</p>
      ) : (
        <ul>
          {changes.map(({ day, what }) => (
            <li key={day}>
              {t(`controls.changes.${what}`, { day: dayOf(day, locale) })}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
