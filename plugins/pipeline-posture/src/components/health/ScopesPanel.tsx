import LinearProgress from '@material-ui/core/LinearProgress';
import { RunView, ScopeView } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { CopyButton, Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { durationOf } from './duration';
import { Standing, StateMark } from './StateMark';
import styles from './health.module.css';

const STANDINGS: Record<ScopeView['state'], Standing> = {
  ok: 'good',
  incomplete: 'attention',
  failing: 'bad',
  running: 'running',
  scheduled: 'waiting',
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

function Row({ scope }: { scope: ScopeView }) {
  const t = useText();
  const locale = useLocale();
  const { lastRun, lastGoodRunAt, state } = scope;
  return (
    <tr>
      <th scope="row" className={table.wrap}>
        {scope.title}
        {lastRun?.error && (
          <p className={styles.error}>
            {t('health.lastError', { error: lastRun.error })}{' '}
            <CopyButton
              text={() => JSON.stringify(lastRun, null, 2)}
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
        <When at={scope.nextRunAt} />
      </td>
    </tr>
  );
}

/** Every project, account or other part of a source that is read by itself. */
export function ScopesPanel({ scopes }: { scopes: readonly ScopeView[] }) {
  const t = useText();
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
            </tr>
          </thead>
          <tbody>
            {scopes.map(scope => (
              <Row key={scope.id} scope={scope} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
