import { RiCheckboxCircleLine, RiQuestionLine } from '@remixicon/react';
import { Compliance } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import styles from './marks.module.css';
import { OctagonCross } from './OctagonCross';

const SHOWN = {
  compliant: { Icon: RiCheckboxCircleLine, tone: styles.pass },
  unknown: { Icon: RiQuestionLine, tone: styles.unknown },
  'non-compliant': { Icon: OctagonCross, tone: styles.fail },
};

/** Whether something complies, as icon and words. */
export function ComplianceMark({ compliance }: { compliance: Compliance }) {
  const t = useText();
  const { Icon, tone } = SHOWN[compliance];
  return (
    <span className={`${styles.badge} ${tone}`} data-compliance={compliance}>
      <Icon aria-hidden="true" size={16} />
      {t(`compliance.${compliance}`)}
    </span>
  );
}
