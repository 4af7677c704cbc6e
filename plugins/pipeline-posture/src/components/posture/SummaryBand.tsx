import {
  EntityPosture,
  EntitySummary,
} from 'backstage-plugin-pipeline-posture-common';
import { Button, Text } from '@backstage/ui';
import { ReactNode } from 'react';
import { useText } from '../../hooks/useText';
import { StaleFlag, StatusMark, When } from '../marks';
import { Panel } from '../parts';
import { CapNote } from './CapNote';
import { checksOf } from './checks';
import { ScoreChange } from './ScoreChange';
import { ScoreGauge } from './ScoreGauge';
import styles from './posture.module.css';

/** Grade as a line: `Grade D · Weak`. */
export function GradeLine({ grade }: { grade: EntitySummary['grade'] }) {
  const t = useText();
  return (
    <Text as="p" variant="title-small" className={styles.gradeLine}>
      {grade === 'not-graded'
        ? t('grade.not-graded')
        : t('gradeLine', { letter: grade, word: t(`grade.${grade}`) })}
    </Text>
  );
}

/** The numbers of an entity, how sure they are, and whose they are. */
export function SummaryBand(props: {
  posture: Pick<
    EntityPosture,
    'nextCheckAt' | 'pipelines' | 'controls' | 'policy'
  >;
  summary: EntitySummary;
  action?: ReactNode;
  /** Leads to what made the score move. */
  onWhatChanged: () => void;
}) {
  const t = useText();
  const { posture, summary } = props;
  const { score, potential, grade, counts, weakestPipeline } = summary;
  const { checked, all } = checksOf(counts);
  const provisional = summary.provisional || counts.unknown > 0;
  const name = weakestPipeline.name;
  const several = posture.pipelines.length > 1;
  const severalText = summary.fromProduction
    ? t('entity.summary.weakest', { name })
    : t('entity.summary.weakestAny', { name });
  const capTitle = posture.controls.find(
    control => control.id === summary.cap?.controlId,
  )?.title;
  return (
    <Panel heading={t('entity.summary.heading')} beside={props.action}>
      <div className={styles.summary}>
        <ScoreGauge
          score={score}
          potential={potential}
          grade={grade}
          provisional={provisional}
        />
        <div className={styles.facts}>
          <GradeLine grade={grade} />
          <p className={styles.badges}>
            {counts.fail > 0 && (
              <span>
                <StatusMark status="fail" /> {counts.fail}
              </span>
            )}
            {counts.unknown > 0 && (
              <span>
                <StatusMark status="unknown" /> {counts.unknown}
              </span>
            )}
            {counts.exempt > 0 && (
              <span>
                <StatusMark status="exempt" /> {counts.exempt}
              </span>
            )}
            <span>
              <StatusMark status="pass" /> {counts.pass}
            </span>
          </p>
          <p>
            {t('entity.summary.coverage', {
              checked: String(checked),
              all: String(all),
            })}
            {potential > score && (
              <>
                {' · '}
                {t('entity.summary.upTo', { potential: String(potential) })}
              </>
            )}
            {counts.exempt > 0 && (
              <>
                {' · '}
                {t('entity.summary.withoutExemptions', {
                  score: String(summary.withoutExemptions.score),
                })}
              </>
            )}
          </p>
          <p className={styles.moves}>
            <ScoreChange recent={summary.recent} />
            <Button
              size="small"
              variant="tertiary"
              onPress={props.onWhatChanged}
            >
              {t('history.changes.heading')}
            </Button>
          </p>
          <p>
            {several ? severalText : t('entity.summary.onlyPipeline', { name })}
          </p>
          <CapNote
            summary={summary}
            policy={posture.policy}
            capTitle={capTitle}
          />
          <p className={styles.when}>
            {t('entity.summary.checked', {
              when: <When at={summary.collectedAt} />,
            })}
            {posture.nextCheckAt && (
              <>
                {' · '}
                {t('entity.summary.next', {
                  when: <When at={posture.nextCheckAt} />,
                })}
              </>
            )}{' '}
            {summary.stale && <StaleFlag />}
          </p>
        </div>
      </div>
    </Panel>
  );
}
