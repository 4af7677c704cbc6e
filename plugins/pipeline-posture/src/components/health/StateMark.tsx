import {
  RiAlertLine,
  RiCheckboxCircleLine,
  RiLoader4Line,
  RiTimeLine,
} from '@remixicon/react';
import { ReactNode } from 'react';
import marks from '../marks/marks.module.css';
import { OctagonCross } from '../marks/OctagonCross';

/** How something of the collection stands. */
export type Standing = 'good' | 'attention' | 'bad' | 'running' | 'waiting';

const SHOWN = {
  good: { Icon: RiCheckboxCircleLine, tone: marks.pass },
  attention: { Icon: RiAlertLine, tone: marks.unknown },
  bad: { Icon: OctagonCross, tone: marks.fail },
  running: { Icon: RiLoader4Line, tone: marks.exempt },
  waiting: { Icon: RiTimeLine, tone: marks['not-applicable'] },
};

/** A standing as icon and word. */
export function StateMark(props: { standing: Standing; children: ReactNode }) {
  const { Icon, tone } = SHOWN[props.standing];
  return (
    <span className={`${marks.badge} ${tone}`}>
      <Icon aria-hidden="true" size={16} />
      {props.children}
    </span>
  );
}
