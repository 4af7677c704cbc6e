import { ReactNode } from 'react';
import { TextProvider } from '../../hooks/useText';
import styles from './parts.module.css';

/** Around everything of this plugin, also in drawers: holds its text, its spacing and the focus ring. */
export function Root(props: { children: ReactNode }) {
  return (
    <div className={`pipeline-posture-root ${styles.root}`}>
      <TextProvider>{props.children}</TextProvider>
    </div>
  );
}
