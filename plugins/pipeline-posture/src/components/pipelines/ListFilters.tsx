import { Button, SearchField, Select } from '@backstage/ui';
import {
  Compliance,
  COMPLIANCES,
  Grade,
  GRADES,
} from 'backstage-plugin-pipeline-posture-common';
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { CLEARED, isFiltered, ListState, PLATFORMS } from './listState';
import styles from './pipelines.module.css';

const TYPING_MS = 300;

/** A search that asks only when somebody stops typing. */
function Search(props: { value: string; onChange: (value: string) => void }) {
  const t = useText();
  const [typed, setTyped] = useState(props.value);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => setTyped(props.value), [props.value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <SearchField
      label={t('fleet.search')}
      value={typed}
      onChange={value => {
        setTyped(value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => props.onChange(value), TYPING_MS);
      }}
    />
  );
}

/** The filters over a list of pipelines. */
export function ListFilters({ url }: { url: UrlState<ListState> }) {
  const t = useText();
  const { state, update } = url;
  const gradeName = (grade: Grade) =>
    grade === 'not-graded'
      ? t('grade.not-graded')
      : t('gradeShort', { letter: grade, word: t(`grade.${grade}`) });
  return (
    <div
      className={styles.filters}
      role="search"
      aria-label={t('fleet.filters')}
    >
      <Search
        value={state.q}
        onChange={q => update({ q, page: 1 }, { replace: true })}
      />
      <Select
        label={t('fleet.grade')}
        selectionMode="multiple"
        placeholder={t('fleet.any')}
        value={[...state.grade]}
        onChange={grade => update({ grade: grade as Grade[], page: 1 })}
        options={GRADES.map(grade => ({ id: grade, label: gradeName(grade) }))}
      />
      <Select
        label={t('fleet.compliance')}
        selectionMode="multiple"
        placeholder={t('fleet.any')}
        value={[...state.compliance]}
        onChange={compliance =>
          update({ compliance: compliance as Compliance[], page: 1 })
        }
        options={COMPLIANCES.map(compliance => ({
          id: compliance,
          label: t(`compliance.${compliance}`),
        }))}
      />
      <Select
        label={t('fleet.platform')}
        selectionMode="multiple"
        placeholder={t('fleet.any')}
        value={[...state.platform]}
        onChange={platform =>
          update({ platform: platform as ListState['platform'], page: 1 })
        }
        options={PLATFORMS.map(platform => ({
          id: platform,
          label: t(`provider.${platform}`),
        }))}
      />
      {isFiltered(state) && (
        <Button variant="tertiary" onPress={() => update(CLEARED)}>
          {t('fleet.clear')}
        </Button>
      )}
    </div>
  );
}
