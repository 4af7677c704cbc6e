import {
  DEFAULT_SCORING_POLICY,
  EntitySummary,
  gradeOfScore,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { percentOf } from '../fleet/percent';
import { checksOf } from './checks';
import styles from './posture.module.css';

/** Why a grade is not what the number alone would give, and what unknown checks could still change. */
export function CapNote(props: {
  summary: Pick<
    EntitySummary,
    | 'score'
    | 'potential'
    | 'coverage'
    | 'grade'
    | 'cap'
    | 'counts'
    | 'provisional'
  >;
  /** Missing in answers of a backend of an earlier version, which has the usual one. */
  policy?: Pick<ScoringPolicy, 'minimumCoverage'>;
  /** Title of the control that caps. */
  capTitle?: string;
}) {
  const t = useText();
  const locale = useLocale();
  const { score, potential, grade, cap, counts, provisional } = props.summary;
  const { minimumCoverage } = props.policy ?? DEFAULT_SCORING_POLICY;
  const { checked, all } = checksOf(counts);
  const byNumber = gradeOfScore(score);
  const held = provisional && grade === 'D' && cap?.grade !== 'D';
  return (
    <ul className={styles.notes}>
      {grade === 'not-graded' && (
        <li>
          {t('entity.summary.notGradedText', {
            checked: String(checked),
            all: String(all),
            minimum: String(minimumCoverage),
          })}{' '}
          {/* A few controls may weigh more than many others. */}
          {t('entity.summary.notGradedShare', {
            percent: percentOf(props.summary.coverage, 100, locale),
          })}
        </li>
      )}
      {cap && grade !== 'not-graded' && (
        <li>
          {t(`entity.summary.capped.${cap.grade}`, { byNumber })}{' '}
          {props.capTitle &&
            t('entity.summary.cappedBy', { control: props.capTitle })}
        </li>
      )}
      {held && <li>{t('entity.summary.heldByUngraded')}</li>}
      {counts.unknown > 0 && grade !== 'not-graded' && (
        <li>
          <strong>{t('entity.summary.provisional')}.</strong>{' '}
          {t('entity.summary.provisionalText', {
            count: counts.unknown,
            potential: String(potential),
          })}
        </li>
      )}
    </ul>
  );
}
