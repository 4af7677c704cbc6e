import { Button } from '@backstage/ui';
import { RiCloseLine } from '@remixicon/react';
import { Text, useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { focusSoon, LANDING } from '../parts/focusSoon';
import { FieldName, wordOf } from './filterFields';
import { ListState, statusOf } from './listState';
import styles from './pipelines.module.css';

const FIELDS: readonly FieldName[] = [
  'owner',
  'system',
  'domain',
  'grade',
  'compliance',
  'severity',
  'dimension',
  'status',
  'platform',
  'env',
  'lifecycle',
];

interface ActiveFilter {
  label: string;
  changes: Partial<ListState>;
}

function activeIn(
  state: ListState,
  titles: ReadonlyMap<string, string>,
  t: Text,
): ActiveFilter[] {
  const { control, linked, status } = state;
  const fields = FIELDS.filter(name => name !== 'status' || !control).flatMap(
    name =>
      state[name].map(value => ({
        label: t('fleet.active.one', {
          field: t(`fleet.field.${name}`),
          value: wordOf(name, value, t),
        }),
        changes: { [name]: state[name].filter(one => one !== value) },
      })),
  );
  return [
    ...fields,
    ...(control
      ? [
          {
            label: t('fleet.active.control', {
              title: titles.get(control) ?? control,
              status: status
                .map(word => t(`status.${statusOf(word)}`))
                .join(', '),
            }),
            changes: { control: '', status: [] },
          },
        ]
      : []),
    ...(linked
      ? [
          {
            label: t(`fleet.active.linked.${linked}`),
            changes: { linked: '' as const },
          },
        ]
      : []),
  ];
}

/** Every filter that is set; each can be taken away. */
export function ActiveFilters(props: {
  url: UrlState<ListState>;
  /** Titles of controls by their ids. */
  titles: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const { state, update } = props.url;
  const active = activeIn(state, props.titles, t);
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
            onPress={() => {
              update({ ...changes, page: 1 });
              focusSoon(LANDING);
            }}
          >
            {label}
          </Button>
        </li>
      ))}
    </ul>
  );
}
