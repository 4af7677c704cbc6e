import {
  RiCheckboxCircleLine,
  RiPlayLine,
  RiQuestionLine,
  RiShieldCrossLine,
  RiSubtractLine,
} from '@remixicon/react';
import { ResultStatus } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import styles from './marks.module.css';
import { OctagonCross } from './OctagonCross';

/** What a result is shown as. */
export type ShownStatus = ResultStatus | 'exempt' | 'preview';

const ICONS = {
  pass: RiCheckboxCircleLine,
  fail: OctagonCross,
  unknown: RiQuestionLine,
  'not-applicable': RiSubtractLine,
  exempt: RiShieldCrossLine,
  preview: RiPlayLine,
};

/** A result as icon and word; the colour only repeats them. */
export function StatusMark({ status }: { status: ShownStatus }) {
  const t = useText();
  const Icon = ICONS[status];
  return (
    <span className={`${styles.badge} ${styles[status]}`} data-status={status}>
      <Icon aria-hidden="true" size={16} />
      {t(`status.${status}`)}
    </span>
  );
}
