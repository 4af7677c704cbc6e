import { ReactNode } from 'react';
import styles from './fleet.module.css';

/** One bar: how many there are of something. */
export interface BarOfList {
  key: string;
  /** What is counted, as people see and hear it. */
  mark: ReactNode;
  /** Length of the bar, 0 to 1. */
  share: number;
  /** The number in words: `48 (15 %)`. */
  words: string;
  /** True while the list below is filtered to it. */
  chosen: boolean;
  disabled?: boolean;
  onChoose: () => void;
}

/** Bars with their numbers and shares in words. Choosing one filters by it. */
export function BarList(props: {
  label: string;
  bars: readonly BarOfList[];
  /** Leaves room for sentences. */
  wide?: boolean;
}) {
  return (
    <ul
      className={`${styles.bars} ${props.wide ? styles.wide : ''}`}
      aria-label={props.label}
    >
      {props.bars.map(bar => (
        <li key={bar.key}>
          <button
            type="button"
            className={styles.bar}
            aria-pressed={bar.chosen}
            disabled={bar.disabled}
            onClick={bar.onChoose}
          >
            <span>{bar.mark}</span>{' '}
            <span className={styles.track} aria-hidden="true">
              <span
                className={styles.fill}
                style={{ inlineSize: `${100 * bar.share}%` }}
              />
            </span>
            <span className={styles.number}>{bar.words}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
