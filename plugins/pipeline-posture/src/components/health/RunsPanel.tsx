import { useApi } from '@backstage/core-plugin-api';
import {
  pipelinePostureCollectorReadPermission,
  RunView,
  ScopeView,
} from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { Panel, Scroll, Waiting } from '../parts';
import table from '../posture/dimensions.module.css';
import { Failure } from '../states';
import { durationOf } from './duration';
import { Standing, StateMark } from './StateMark';

const SHAPE = [200];
const SHOWN = 30;

const STANDINGS: Record<RunView['status'], Standing> = {
  succeeded: 'good',
  incomplete: 'attention',
  failed: 'bad',
  abandoned: 'bad',
  running: 'running',
};

/** The last runs over all sources. */
export function RunsPanel(props: {
  /** The list is asked for anew when a run of these ends or starts. */
  newest: readonly ScopeView[];
}) {
  const t = useText();
  const locale = useLocale();
  const api = useApi(pipelinePostureApiRef);
  const { value, error, reload } = useAnswer(
    `runs:${props.newest
      .map(({ lastRun }) => `${lastRun?.id}${lastRun?.status}`)
      .join()}`,
    signal => api.listRuns({ size: SHOWN }, { signal }),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureCollectorReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  return (
    <Panel heading={t('health.runs.heading')}>
      <Scroll label={t('table', { name: t('health.runs.heading') })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('health.column.source')}</th>
              <th scope="col">{t('health.column.state')}</th>
              <th scope="col">{t('health.column.started')}</th>
              <th scope="col">{t('health.column.duration')}</th>
              <th scope="col">{t('health.column.trigger')}</th>
              <th scope="col" className={table.number}>
                {t('health.column.pipelines')}
              </th>
              <th scope="col" className={table.number}>
                {t('health.column.problems')}
              </th>
            </tr>
          </thead>
          <tbody>
            {value.items.map(run => (
              <tr key={run.id}>
                <th scope="row" className={table.wrap}>
                  {run.scopeTitle}
                </th>
                <td>
                  <StateMark standing={STANDINGS[run.status]}>
                    {t(`health.runs.status.${run.status}`)}
                  </StateMark>
                </td>
                <td>
                  <When at={run.startedAt} />
                </td>
                <td>{durationOf(run, locale) ?? t('none')}</td>
                <td>{t(`health.runs.trigger.${run.trigger}`)}</td>
                <td className={table.number}>{run.pipelinesDone}</td>
                <td className={table.number}>{run.problems.length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
