import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityPosture,
  EntitySummary,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useId } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { isPipelinePostureAvailable } from '../../availability';
import { useAnswer } from '../../hooks/useAnswer';
import { useEntityTab } from '../../hooks/useEntityTab';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dayOf, When } from '../marks';
import { Sparkline } from '../charts';
import { Root, Waiting } from '../parts';
import { severitiesOf } from '../posture/checks';
import { ScoreChange } from '../posture/ScoreChange';
import { ScoreGauge } from '../posture/ScoreGauge';
import { GradeLine } from '../posture/SummaryBand';
import { Failure } from '../states';
import { TabLink } from './TabLink';
import styles from './card.module.css';

const SHAPE = [150];

function Lines(props: { posture: EntityPosture; summary: EntitySummary }) {
  const t = useText();
  const { posture, summary } = props;
  const { counts, failing, fixFirst } = summary;
  const severities = severitiesOf(failing)
    .map(({ severity, number }) =>
      t('severityCount', {
        number: String(number),
        severity: t(`severity.${severity}`).toLowerCase(),
      }),
    )
    .join(', ');
  const first = posture.controls.find(
    ({ id }) => id === fixFirst[0]?.controlId,
  );
  return (
    <ul className={styles.lines}>
      {counts.fail > 0 && (
        <li>
          {t('entity.card.failingBySeverity', {
            count: counts.fail,
            severities,
          })}
        </li>
      )}
      {counts.unknown > 0 && <li>{t('unknown', { count: counts.unknown })}</li>}
      {counts.exempt > 0 && <li>{t('exempt', { count: counts.exempt })}</li>}
      {first && (
        <li>
          {t('entity.card.firstFix', {
            title: <span lang="en">{first.title}</span>,
          })}
        </li>
      )}
      <li>
        {t('entity.summary.checked', {
          when: <When at={summary.collectedAt} />,
        })}
      </li>
    </ul>
  );
}

/** The score of the last ninety days. */
function Line({ recent }: Pick<EntitySummary, 'recent'>) {
  const t = useText();
  const locale = useLocale();
  if (recent.length < 2) return null;
  const [first, last] = [recent[0], recent[recent.length - 1]];
  return (
    <Sparkline
      label={t('history.trend.label', {
        days: String(recent.length),
        first: String(first.score),
        from: dayOf(first.day, locale),
        last: String(last.score),
        to: dayOf(last.day, locale),
      })}
      values={recent.map(({ day, score }) => ({ day, value: score }))}
    />
  );
}

function Scored(props: { posture: EntityPosture; summary: EntitySummary }) {
  const t = useText();
  const { summary } = props;
  const provisional = summary.provisional || summary.counts.unknown > 0;
  return (
    <>
      <div className={styles.head}>
        <ScoreGauge
          score={summary.score}
          potential={summary.potential}
          grade={summary.grade}
          provisional={provisional}
        />
        <div>
          <GradeLine grade={summary.grade} />
          <p className={styles.number}>
            {t('scoreOf', { score: String(summary.score) })}
            {provisional && ` · ${t('entity.summary.provisional')}`}
          </p>
          <p className={styles.number}>
            <ScoreChange recent={summary.recent} />
          </p>
        </div>
      </div>
      <Line recent={summary.recent} />
      <Lines {...props} />
    </>
  );
}

function Body(props: { posture: EntityPosture }) {
  const t = useText();
  const { posture } = props;
  if (posture.summary) {
    return <Scored posture={posture} summary={posture.summary} />;
  }
  if (posture.state === 'scheduled') {
    return (
      <p>
        <strong>{t('state.scheduled.title')}.</strong>{' '}
        {posture.nextCheckAt
          ? t('state.scheduled.text', {
              when: <When at={posture.nextCheckAt} />,
            })
          : t('state.scheduled.textWithoutTime')}
      </p>
    );
  }
  if (posture.state === 'not-found') {
    return (
      <p>
        {t('state.notFound.title', { name: posture.unmatched[0]?.value ?? '' })}
      </p>
    );
  }
  return <p>{t('state.noAnnotation.title')}</p>;
}

function Card() {
  const t = useText();
  const heading = useId();
  const { entity } = useEntity();
  const api = useApi(pipelinePostureApiRef);
  const tab = useEntityTab(entity);
  const entityRef = stringifyEntityRef(entity);
  const { value, error, reload } = useAnswer(entityRef, signal =>
    api.getEntityPosture(entityRef, { signal }),
  );
  return (
    <section aria-labelledby={heading} className={styles.card}>
      <EntityInfoCard
        title={<span id={heading}>{t('title')}</span>}
        footerActions={value && <TabLink posture={value} tab={tab} />}
      >
        <Root>
          {error && !value && (
            <Failure
              error={error}
              permission={pipelinePostureFindingReadPermission.name}
              part
              onRetry={reload}
            />
          )}
          {!error && !value && <Waiting heights={SHAPE} />}
          {value && <Body posture={value} />}
        </Root>
      </EntityInfoCard>
    </section>
  );
}

/** The card on an entity's overview. Nothing where nothing can link the entity to a pipeline. */
export function OverviewCard() {
  const { entity } = useEntity();
  return isPipelinePostureAvailable(entity) ? <Card /> : null;
}
