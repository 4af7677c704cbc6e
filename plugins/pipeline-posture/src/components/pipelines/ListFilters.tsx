import { Button, SearchField, Select } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowUpSLine } from '@remixicon/react';
import { FleetFacets } from 'backstage-plugin-pipeline-posture-common';
import { useId, useState } from 'react';
import { useText } from '../../hooks/useText';
import { useTyping } from '../../hooks/useTyping';
import { UrlState } from '../../hooks/useUrlState';
import { AsOfPicker } from '../parts';
import { focusSoon, LANDING } from '../parts/focusSoon';
import { FieldName, fieldOf } from './filterFields';
import { CLEARED, isFiltered, ListState } from './listState';
import styles from './pipelines.module.css';

/** Always shown; the others are one click away. */
const FIRST: readonly FieldName[] = [
  'owner',
  'grade',
  'compliance',
  'severity',
];
const MORE: readonly FieldName[] = [
  'dimension',
  'status',
  'platform',
  'env',
  'system',
  'domain',
  'lifecycle',
];

/** A search that asks only when somebody stops typing. */
function Search(props: { value: string; onChange: (value: string) => void }) {
  const t = useText();
  const [typed, type] = useTyping(props.value, props.onChange);
  return (
    <SearchField label={t('fleet.search')} value={typed} onChange={type} />
  );
}

/** The filters over a list of pipelines. */
export function ListFilters(props: {
  url: UrlState<ListState>;
  facets?: FleetFacets;
  /** Titles of controls by their ids. */
  titles: ReadonlyMap<string, string>;
  /** Filters that the screen sets by itself. */
  without?: readonly FieldName[];
}) {
  const t = useText();
  const moreId = useId();
  const [open, setOpen] = useState(false);
  const { url, facets, titles, without = [] } = props;
  const { state, update } = url;
  const isShown = (name: FieldName) => !without.includes(name);
  const field = (name: FieldName) => {
    const { label, choices, searchable } = fieldOf(name, state, facets, t);
    return (
      <Select
        key={name}
        label={label}
        selectionMode="multiple"
        placeholder={t('fleet.any')}
        search={searchable ? { placeholder: t('fleet.find') } : undefined}
        value={[...state[name]]}
        onChange={chosen => update({ [name]: chosen.map(String), page: 1 })}
        options={choices}
      />
    );
  };
  return (
    <div role="search" aria-label={t('fleet.filters')}>
      <div className={styles.filters}>
        <Search
          value={state.q}
          onChange={q => update({ q, page: 1 }, { replace: true })}
        />
        {FIRST.filter(isShown).map(field)}
      </div>
      {open && (
        <div className={styles.filters} id={moreId}>
          <Select
            label={t('fleet.field.control')}
            placeholder={t('fleet.any')}
            search={{ placeholder: t('fleet.find') }}
            value={state.control || null}
            onChange={control =>
              update({
                control: control === null ? '' : String(control),
                status: state.status.length > 0 ? state.status : ['failing'],
                page: 1,
              })
            }
            options={[...titles].map(([id, label]) => ({ id, label }))}
          />
          {MORE.filter(isShown).map(field)}
        </div>
      )}
      <div className={styles.below}>
        <Button
          size="small"
          variant="tertiary"
          aria-expanded={open}
          aria-controls={open ? moreId : undefined}
          iconEnd={open ? <RiArrowUpSLine /> : <RiArrowDownSLine />}
          onPress={() => setOpen(now => !now)}
        >
          {open ? t('fleet.fewerFilters') : t('fleet.moreFilters')}
        </Button>
        {isFiltered(state) && (
          <Button
            size="small"
            variant="tertiary"
            onPress={() => {
              update(CLEARED);
              focusSoon(LANDING);
            }}
          >
            {t('fleet.clear')}
          </Button>
        )}
        <AsOfPicker />
      </div>
    </div>
  );
}
