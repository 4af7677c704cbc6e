import { GRADES, GroupRollUp } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { percentOf } from '../fleet';
import { GradeMark } from '../marks';
import { Panel } from '../parts';
import styles from './content.module.css';

/** How the services of a group do: how many comply, how they are graded, what is unknown. Nothing of it is a mean of means. */
export function GroupPosture({ group }: { group: GroupRollUp }) {
  const t = useText();
  const locale = useLocale();
  const { byCompliance, byGrade, entities, exempt, meanScore } = group;
  return (
    <Panel heading={t('groups.posture.heading')}>
      <p>
        <strong className={styles.share}>
          {t('groups.share', {
            compliant: String(byCompliance.compliant),
            all: String(entities),
            percent: percentOf(byCompliance.compliant, entities, locale),
          })}
        </strong>{' '}
        {t('groups.posture.comply')}
      </p>
      <ul className={styles.grades} aria-label={t('fleet.grades')}>
        {GRADES.map(grade => (
          <li key={grade}>
            <span>
              <GradeMark grade={grade} />
            </span>
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.fill}
                style={{
                  inlineSize: `${(100 * byGrade[grade]) / (entities || 1)}%`,
                }}
              />
            </span>
            <span className={styles.gradeNumber}>
              {t('fleet.ofAll', {
                number: String(byGrade[grade]),
                percent: percentOf(byGrade[grade], entities, locale),
              })}
            </span>
          </li>
        ))}
      </ul>
      <p>
        {[
          meanScore !== undefined &&
            t('groups.posture.mean', { score: String(meanScore) }),
          byCompliance.unknown > 0 &&
            t('groups.posture.unknown', { count: byCompliance.unknown }),
          exempt > 0 && t('groups.posture.exempt', { count: exempt }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </Panel>
  );
}
