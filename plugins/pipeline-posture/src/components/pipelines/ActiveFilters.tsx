import { Button } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { ListState } from './listState';
import styles from './pipelines.module.css';

/** Filters that came with a link and have no field of their own; each can be taken away. */
export function ActiveFilters({ url }: { url: UrlState<ListState> }) {
  const t = useText();
  const { state, update } = url;
  const active = [
    ...state.owner.map(ref => ({
      label: t('fleet.active.owner', { ref }),
      changes: { owner: state.owner.filter(one => one !== ref) },
    })),
    ...state.system.map(ref => ({
      label: t('fleet.active.system', { ref }),
      changes: { system: state.system.filter(one => one !== ref) },
    })),
    ...(state.control
      ? [
          {
            label: t('fleet.active.control', {
              id: state.control,
              status: state.status
                .map(status => t(`status.${status}`))
                .join(', '),
            }),
            changes: { control: '', status: [] },
          },
        ]
      : []),
  ];
  if (active.length === 0) return null;
  return (
    <ul className={styles.active} aria-label={t('fleet.active.label')}>
      {active.map(({ label, changes }) => (
        <li key={label}>
          <Button
            size="small"
            variant="secondary"
            iconEnd={<RiCloseLine />}
            aria-label={t('fleet.active.remove', { label })}
            onPress={() => update({ ...changes, page: 1 })}
          >
            {label}
          </Button>
        </li>
      ))}
    </ul>
  );
}
