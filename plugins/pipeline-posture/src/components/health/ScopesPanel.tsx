import { Button } from '@backstage/ui';
import LinearProgress from '@material-ui/core/LinearProgress';
import { RunView, ScopeView } from 'backstage-plugin-pipeline-posture-common';
import { useMay } from '../../hooks/useAbout';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { CopyButton, Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { durationOf } from './duration';
import { Standing, StateMark } from './StateMark';
import { useRuns } from './useRuns';
import styles from './health.module.css';

const STANDINGS: Record<ScopeView['state'], Standing> = {
  ok: 'good',
  incomplete: 'attention',
  failing: 'bad',
  running: 'running',
  scheduled: 'waiting',
  'not-configured': 'attention',
};

function Progress({ run }: { run: RunView }) {
  const t = useText();
  const { pipelinesDone, pipelinesTotal } = run;
  const text = pipelinesTotal
    ? t('health.progress', {
        done: String(pipelinesDone),
        total: String(pipelinesTotal),
      })
    : t('health.progressUnknown', { done: String(pipelinesDone) });
  return (
    <div className={styles.progress}>
      <LinearProgress
        aria-label={run.scopeTitle}
        aria-valuetext={text}
        aria-valuemin={0}
        aria-valuemax={100}
        variant={pipelinesTotal ? 'determinate' : 'indeterminate'}
        value={
          pipelinesTotal
            ? Math.floor((100 * pipelinesDone) / pipelinesTotal)
            : 0
        }
      />
      {text}
    </div>
  );
}

function RunButton(props: { scope: ScopeView; onChanged: () => void }) {
  const t = useText();
  const { scope, onChanged } = props;
  const { start, stop, pending } = useRuns(onChanged);
  const running = scope.state === 'running';
  return (
    <Button
      size="small"
      variant="secondary"
      isPending={pending}
      aria-label={t(running ? 'health.stopOne' : 'health.runOne', {
        scope: scope.title,
      })}
      onPress={() => (running ? stop([scope]) : start([scope]))}
    >
      {t(running ? 'health.stop' : 'health.run')}
    </Button>
  );
}

function Row({
  scope,
  onChanged,
}: {
  scope: ScopeView;
  onChanged: () => void;
}) {
  const t = useText();
  const may = useMay();
  const locale = useLocale();
  const { lastRun, lastGoodRunAt, state } = scope;
  const ended = scope.lastFinishedRun ?? lastRun;
  return (
    <tr>
      <th scope="row" className={table.wrap}>
        {scope.title}
        {ended?.error && (
          <p className={styles.error}>
            {t('health.lastError', { error: ended.error })}{' '}
            <CopyButton
              text={() => JSON.stringify(ended, null, 2)}
              label={t('health.copyDiagnostic')}
            />
          </p>
        )}
      </th>
      <td>
        <StateMark standing={STANDINGS[state]}>
          {t(`health.state.${state}`)}
        </StateMark>
        {state === 'running' && lastRun && <Progress run={lastRun} />}
      </td>
      <td>{lastGoodRunAt ? <When at={lastGoodRunAt} /> : t('health.never')}</td>
      <td>{(lastRun && durationOf(lastRun, locale)) ?? t('none')}</td>
      <td className={table.number}>{scope.pipelines}</td>
      <td>
        {state === 'not-configured' ? t('none') : <When at={scope.nextRunAt} />}
      </td>
      {may.runCollector && (
        <td className={styles.action}>
          {state !== 'not-configured' && (
            <RunButton scope={scope} onChanged={onChanged} />
          )}
        </td>
      )}
    </tr>
  );
}

/** Every project, account or other part of a source that is read by itself. */
export function ScopesPanel(props: {
  scopes: readonly ScopeView[];
  onChanged: () => void;
}) {
  const t = useText();
  const may = useMay();
  const { scopes, onChanged } = props;
  return (
    <Panel heading={t('health.scopes')}>
      <Scroll label={t('table', { name: t('health.scopes') })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('health.column.source')}</th>
              <th scope="col">{t('health.column.state')}</th>
              <th scope="col">{t('health.column.lastGood')}</th>
              <th scope="col">{t('health.column.duration')}</th>
              <th scope="col" className={table.number}>
                {t('health.column.pipelines')}
              </th>
              <th scope="col">{t('health.column.next')}</th>
              {may.runCollector && (
                <th scope="col">{t('health.column.action')}</th>
              )}
            </tr>
          </thead>
          <tbody>
            {scopes.map(scope => (
              <Row key={scope.id} scope={scope} onChanged={onChanged} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
