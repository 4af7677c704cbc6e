import { Alert, Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import {
  EntityPosture,
  EntitySummary,
} from 'backstage-plugin-pipeline-posture-common';
import { useMemo, useRef } from 'react';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { useUrlState } from '../../hooks/useUrlState';
import { HistorySection } from '../history';
import { ShownStatus } from '../marks';
import { PageTitle, Panel } from '../parts';
import { focusSoon, LANDING } from '../parts/focusSoon';
import { PipelineDrawer, PipelineTable } from '../pipelines';
import { DimensionTable } from '../posture/DimensionTable';
import { FixFirst } from '../posture/FixFirst';
import { resultsOfEntity } from '../posture/results';
import { SummaryBand } from '../posture/SummaryBand';
import styles from '../posture/posture.module.css';
import { AllPassingBanner, StaleBanner, UnmatchedBanner } from '../states';
import { FindingSection } from './FindingSection';
import { SharedNote } from './SharedNote';
import { ALL_RESULTS, TAB_SCHEMA } from './tabState';
import { useCheckAll } from './useCheckAll';

const NO_PASS: readonly ShownStatus[] = ['fail', 'unknown', 'exempt'];

/** Brings a part of the page to the eyes and to the keyboard. */
function goTo(place: HTMLElement | null) {
  place?.focus({ preventScroll: true });
  place?.scrollIntoView?.({ block: 'start' });
}

/** The tab of an entity that has checked pipelines. */
export function ScoredContent(props: {
  posture: EntityPosture;
  summary: EntitySummary;
  onChanged: () => void;
}) {
  const t = useText();
  const { posture, summary } = props;
  const url = useUrlState(TAB_SCHEMA);
  const results = useMemo(() => resultsOfEntity(posture), [posture]);
  const { counts, weakestPipeline } = summary;
  const shortGrade =
    summary.grade === 'not-graded'
      ? t('grade.not-graded')
      : `${summary.grade} ${summary.score}`;
  // What is exempt never counts as a pass, nor does a pipeline speak for the others.
  const allPass =
    counts.pass > 0 &&
    counts.fail + counts.unknown + counts.exempt === 0 &&
    !results.some(({ status }) => NO_PASS.includes(status));
  const several = posture.pipelines.length > 1;
  const { asOf } = useAsOf();
  const history = useRef<HTMLDivElement>(null);
  const { checking, checkAll } = useCheckAll(posture, results, props.onChanged);
  return (
    <>
      <PageTitle parts={[shortGrade]} />
      {checking && (
        <Alert
          status="info"
          icon
          loading
          title={t('state.checking.title')}
          description={t('state.checking.controls', checking)}
        />
      )}
      {summary.stale && <StaleBanner collectedAt={summary.collectedAt} />}
      {posture.unmatched.length > 0 && <UnmatchedBanner posture={posture} />}
      {allPass && (
        <AllPassingBanner
          summary={summary}
          posture={posture}
          action={
            <Button
              size="small"
              variant="secondary"
              onPress={() => url.update({ status: ['passing'] })}
            >
              {t('state.allPassing.show')}
            </Button>
          }
        />
      )}
      <div className={styles.top}>
        <SummaryBand
          posture={posture}
          summary={summary}
          onWhatChanged={() => goTo(history.current)}
          action={
            posture.may.checkAgain &&
            !asOf && (
              <Button
                size="small"
                variant="secondary"
                iconStart={<RiRefreshLine />}
                isPending={checking !== undefined}
                onPress={checkAll}
              >
                {checking
                  ? t('entity.summary.checking')
                  : t('entity.summary.checkAgain')}
              </Button>
            )
          }
        />
        <FixFirst
          summary={summary}
          results={results}
          showPipeline={several}
          onOpen={finding => url.update({ finding, pipeline: '', in: '' })}
          onShowUnknown={() => {
            url.update({
              ...ALL_RESULTS,
              status: ['unknown'],
            });
            focusSoon(LANDING);
          }}
        />
      </div>
      {several && (
        <Panel
          heading={t('entity.pipelines.heading', {
            count: posture.pipelines.length,
          })}
        >
          <PipelineTable
            ofEntity
            pipelines={posture.pipelines}
            openId={url.state.pipeline}
            onOpen={({ id }) => url.update({ pipeline: id, finding: '' })}
          />
        </Panel>
      )}
      <PipelineDrawer url={url} onChanged={props.onChanged} />
      <SharedNote posture={posture} />
      <DimensionTable
        dimensions={posture.dimensions}
        results={results.filter(
          ({ pipelineId }) => pipelineId === weakestPipeline.id,
        )}
        pipeline={several ? weakestPipeline.name : undefined}
      />
      <FindingSection
        posture={posture}
        results={results}
        url={url}
        onChanged={props.onChanged}
      />
      <HistorySection posture={posture} place={history} />
    </>
  );
}
