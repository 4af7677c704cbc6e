import {
  DEFAULT_SCORING_POLICY,
  EntitySummary,
  gradeOfScore,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { checksOf } from './checks';
import styles from './posture.module.css';

/** Why a grade is not what the number alone would give, and what unknown checks could still change. */
export function CapNote(props: {
  summary: Pick<
    EntitySummary,
    'score' | 'potential' | 'grade' | 'cap' | 'counts' | 'provisional'
  >;
  /** Title of the control that caps. */
  capTitle?: string;
}) {
  const t = useText();
  const { score, potential, grade, cap, counts, provisional } = props.summary;
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
            minimum: String(DEFAULT_SCORING_POLICY.minimumCoverage),
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
