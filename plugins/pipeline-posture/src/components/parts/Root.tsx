import { ReactNode } from 'react';
import styles from './parts.module.css';

/** Around everything of this plugin, also in drawers: holds its spacing and the focus ring. */
export function Root(props: { children: ReactNode }) {
  return (
    <div className={`pipeline-posture-root ${styles.root}`}>
      {props.children}
    </div>
  );
}
