import { ReactNode } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import styles from './fleet.module.css';
import { percentOf } from './percent';

/** One bar: how many there are of something. */
export interface BarOfList {
  key: string;
  /** What is counted, drawn. */
  mark: ReactNode;
  /** What is counted, in words. */
  name: string;
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
  const t = useText();
  const locale = useLocale();
  const { bars, total } = props;
  return (
    <ul className={styles.bars} aria-label={props.label}>
      {bars.map(({ key, mark, name, number, chosen, onChoose }) => {
        const percent = percentOf(number, total, locale);
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.bar}
              aria-pressed={chosen}
              disabled={number === 0}
              aria-label={t('fleet.bar', {
                name,
                number: String(number),
                percent,
              })}
              onClick={onChoose}
            >
              <span className={styles.mark}>{mark}</span>
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
