import { ReactNode } from 'react';
import styles from './parts.module.css';

/** Lets wide content scroll inside itself, also by keyboard, so that the page does not. */
export function Scroll(props: { label: string; children: ReactNode }) {
  return (
    <div
      className={styles.scroll}
      role="region"
      aria-label={props.label}
      tabIndex={0}
    >
      {props.children}
    </div>
  );
}
