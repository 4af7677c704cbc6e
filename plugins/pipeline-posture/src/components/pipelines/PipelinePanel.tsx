import { ButtonIcon, Text } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { EntityRefLinks } from '@backstage/plugin-catalog-react';
import { RiCloseLine } from '@remixicon/react';
import {
  PipelineDetail,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useCallback, useMemo } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useNames } from '../../hooks/useNames';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { useCheckAgain } from '../EntityContent/useFindingSurroundings';
import { FindingGroups } from '../finding';
import { ComplianceMark, StaleFlag, When } from '../marks';
import { ExternalLink, Panel, Waiting } from '../parts';
import { CapNote } from '../posture/CapNote';
import { checksOf } from '../posture/checks';
import { DimensionTable } from '../posture/DimensionTable';
import { Result, resultsOfPipeline } from '../posture/results';
import { ScoreGauge } from '../posture/ScoreGauge';
import { GradeLine } from '../posture/SummaryBand';
import styles from '../posture/posture.module.css';
import { Failure } from '../states';
import { Anatomy } from './Anatomy';
import { OpenPipeline } from './openPipeline';

const SHAPE = [60, 160, 300];

function Numbers({ detail }: { detail: PipelineDetail }) {
  const t = useText();
  const { pipeline, controls } = detail;
  const { checked, all } = checksOf(pipeline.counts);
  return (
    <Panel heading={t('fleet.detail.summary')}>
      <div className={styles.summary}>
        <ScoreGauge
          score={pipeline.score}
          potential={pipeline.potential}
          grade={pipeline.grade}
          provisional={pipeline.counts.unknown > 0}
        />
        <div className={styles.facts}>
          <GradeLine grade={pipeline.grade} />
          <p className={styles.badges}>
            <ComplianceMark compliance={pipeline.compliance} />
          </p>
          <p>
            {t('entity.summary.coverage', {
              checked: String(checked),
              all: String(all),
            })}
            {' · '}
            {t(`reaches.${pipeline.reachesProduction}`)}
          </p>
          <CapNote
            summary={{ ...pipeline, provisional: false }}
            policy={detail.policy}
            capTitle={
              controls.find(({ id }) => id === pipeline.cap?.controlId)?.title
            }
          />
          <p>
            {t('fleet.detail.belongsTo')}:{' '}
            {pipeline.entityRefs.length > 0 ? (
              <EntityRefLinks
                entityRefs={pipeline.entityRefs}
                defaultKind="component"
              />
            ) : (
              t('fleet.noEntity')
            )}
          </p>
          <p className={styles.when}>
            {t('entity.summary.checked', {
              when: <When at={pipeline.collectedAt} />,
            })}{' '}
            {pipeline.stale && <StaleFlag />}
          </p>
        </div>
      </div>
    </Panel>
  );
}

/** Everything about one pipeline. */
export function PipelinePanel(props: {
  id: string;
  headingId: string;
  url: UrlState<OpenPipeline>;
  onClose: () => void;
  onChanged: () => void;
}) {
  const t = useText();
  const names = useNames();
  const api = useApi(pipelinePostureApiRef);
  const { id, url, onChanged } = props;
  const { asOf } = useAsOf();
  const { value, error, reload } = useAnswer(`${id}:${asOf}`, signal =>
    api.getPipeline(id, { signal, asOf }),
  );
  const changed = useCallback(() => {
    reload();
    onChanged();
  }, [onChanged, reload]);
  const checkAgain = useCheckAgain(changed);
  const results = useMemo(
    () => (value ? resultsOfPipeline(value) : []),
    [value],
  );
  const loud = useMemo(
    () =>
      results.filter(({ status }) => status === 'fail' || status === 'unknown'),
    [results],
  );
  const surroundingsOf = (result: Result, detail: PipelineDetail) => ({
    score: detail.pipeline.score,
    cap: detail.pipeline.cap,
    collectedAt: detail.pipeline.collectedAt,
    may: { ...detail.may, checkAgain: detail.may.checkAgain && !asOf },
    entityRefs: detail.pipeline.entityRefs,
    onRequested: changed,
    address: () => {
      const { origin, pathname } = window.location;
      return `${origin}${pathname}${url.searchWith({ finding: result.key })}`;
    },
    onCheckAgain: checkAgain,
  });
  return (
    <>
      <div className={styles.drawerHead}>
        <div>
          <Text as="h2" variant="title-small" id={props.headingId}>
            {value ? value.pipeline.name : t('fleet.detail.loading')}
          </Text>
          {value && (
            <Text as="p" variant="body-medium">
              {names.platform(value.pipeline.provider)} · {value.pipeline.scope}
              <br />
              <ExternalLink
                href={value.pipeline.url}
                label={t('fleet.detail.open', {
                  source: names.source(value.pipeline.provider),
                })}
              />
            </Text>
          )}
        </div>
        <ButtonIcon
          icon={<RiCloseLine />}
          variant="tertiary"
          aria-label={t('fleet.detail.close')}
          onPress={props.onClose}
        />
      </div>
      {error && !value && (
        <Failure
          error={error}
          permission={pipelinePostureFindingReadPermission.name}
          part
          onRetry={reload}
        />
      )}
      {!error && !value && <Waiting heights={SHAPE} />}
      {value && (
        <>
          <Numbers detail={value} />
          <Panel heading={t('fleet.detail.findings')}>
            <FindingGroups
              all={results}
              matching={loud}
              keepEmpty
              openKey={url.state.finding || undefined}
              showPipeline={false}
              surroundingsOf={result => surroundingsOf(result, value)}
              onToggle={(result, open) =>
                url.update({ finding: open ? result.key : '' })
              }
            />
          </Panel>
          <Anatomy stages={value.stages} identities={value.identities} />
          <DimensionTable dimensions={value.dimensions} results={results} />
        </>
      )}
    </>
  );
}
