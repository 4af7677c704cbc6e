import { Grade } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';

/** A grade as letter and word: `D Weak`. */
export function GradeMark({ grade }: { grade: Grade }) {
  const t = useText();
  if (grade === 'not-graded') return <>{t('grade.not-graded')}</>;
  return <>{t('gradeShort', { letter: grade, word: t(`grade.${grade}`) })}</>;
}
