import { RiAlignJustify, RiMenuLine } from '@remixicon/react';
import { Density } from '../../hooks/useDensity';
import { useText } from '../../hooks/useText';
import styles from './table.module.css';

const CHOICES = [
  { density: 'compact', Icon: RiAlignJustify },
  { density: 'comfortable', Icon: RiMenuLine },
] as const;

/** Chooses how much room the rows of a table take. */
export function DensitySwitch(props: {
  density: Density;
  onChoose: (density: Density) => void;
}) {
  const t = useText();
  return (
    <div
      role="group"
      aria-label={t('fleet.density.label')}
      className={styles.densities}
    >
      {CHOICES.map(({ density, Icon }) => (
        <button
          key={density}
          type="button"
          className={styles.density}
          aria-pressed={density === props.density}
          title={t(`fleet.density.${density}`)}
          aria-label={t(`fleet.density.${density}`)}
          onClick={() => props.onChoose(density)}
        >
          <Icon aria-hidden="true" size={16} />
        </button>
      ))}
    </div>
  );
}
