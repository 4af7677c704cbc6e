import LinearProgress from '@material-ui/core/LinearProgress';
import { Button } from '@backstage/ui';
import { RiPlayLine, RiStopLine } from '@remixicon/react';
import { VisuallyHidden } from '@backstage/ui';
import { ScopeView } from 'backstage-plugin-pipeline-posture-common';
import { useMay } from '../../hooks/useAbout';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { Panel } from '../parts';
import { progressOf, tenthOf } from './progress';
import { useRuns } from './useRuns';
import styles from './health.module.css';

/** How far the runs are that go on now, and the button that starts them all. */
export function CollectingPanel(props: {
  scopes: readonly ScopeView[];
  onChanged: () => void;
}) {
  const t = useText();
  const may = useMay();
  const { scopes, onChanged } = props;
  const { start, stop, pending } = useRuns(onChanged);
  const running = scopes.filter(({ state }) => state === 'running');
  const { done, total, percent } = progressOf(running);
  const waiting = scopes.filter(
    ({ state }) => state !== 'running' && state !== 'not-configured',
  );
  const next = waiting.map(({ nextRunAt }) => nextRunAt).sort()[0];
  const text =
    total === undefined
      ? t('health.progressUnknown', { done: String(done) })
      : t('health.collecting', {
          percent: String(percent),
          done: String(done),
          total: String(total),
        });
  const tenth = tenthOf(percent);
  return (
    <Panel
      heading={
        running.length > 0 ? t('health.collectingNow') : t('health.nextRun')
      }
      beside={
        may.runCollector && (
          <div className={styles.buttons}>
            {running.length > 0 && (
              <Button
                size="small"
                variant="secondary"
                iconStart={<RiStopLine />}
                isPending={pending}
                onPress={() => stop(running)}
              >
                {t('health.stop')}
              </Button>
            )}
            <Button
              size="small"
              variant="secondary"
              iconStart={<RiPlayLine />}
              isPending={pending}
              onPress={() => start(waiting)}
            >
              {t('health.runAll')}
            </Button>
          </div>
        )
      }
    >
      {running.length > 0 ? (
        <div className={styles.progress}>
          <LinearProgress
            aria-label={t('health.collectingNow')}
            aria-valuetext={text}
            aria-valuemin={0}
            aria-valuemax={100}
            variant={total === undefined ? 'indeterminate' : 'determinate'}
            value={percent}
          />
          <span aria-hidden="true">{text}</span>
          {/* Changes at each tenth only, so that nobody is talked to all the time. */}
          <VisuallyHidden>
            <span role="status">
              {total !== undefined &&
                t('health.tenth', { percent: String(tenth) })}
            </span>
          </VisuallyHidden>
        </div>
      ) : (
        <p>
          {next ? (
            <>
              {t('health.column.next')}: <When at={next} />
            </>
          ) : (
            t('none')
          )}
        </p>
      )}
    </Panel>
  );
}
