import { ReactNode } from 'react';
import { useLocale } from '../../hooks/useLocale';
import styles from './fleet.module.css';
import { percentOf } from './percent';

/** One bar: how many there are of something. */
export interface BarOfList {
  key: string;
  /** What is counted, as people see and hear it. */
  mark: ReactNode;
  number: number;
  /** True while the list below is filtered to it. */
  chosen: boolean;
  onChoose: () => void;
}

/** Bars with their numbers and shares in words. Choosing one filters by it. */
export function BarList(props: {
  label: string;
  bars: readonly BarOfList[];
  /** What the shares are of. */
  total: number;
}) {
  const locale = useLocale();
  const { bars, total } = props;
  return (
    <ul className={styles.bars} aria-label={props.label}>
      {bars.map(({ key, mark, number, chosen, onChoose }) => {
        const percent = percentOf(number, total, locale);
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.bar}
              aria-pressed={chosen}
              disabled={number === 0}
              onClick={onChoose}
            >
              <span>{mark}</span>{' '}
              <span className={styles.track} aria-hidden="true">
                <span
                  className={styles.fill}
                  style={{ inlineSize: `${(100 * number) / (total || 1)}%` }}
                />
              </span>
              <span className={styles.number}>
                {number} ({percent})
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
