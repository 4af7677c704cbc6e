import { Button, Checkbox, SearchField, Select } from '@backstage/ui';
import {
  PipelineSummary,
  SEVERITIES,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import { useAfterPaint } from '../../hooks/useAfterPaint';
import { UrlState } from '../../hooks/useUrlState';
import { useText } from '../../hooks/useText';
import { SHOWN_STATUSES } from '../posture/results';
import { STATUS_WORDS, StatusWord, TabState } from './tabState';
import styles from './content.module.css';

interface FilterProps {
  url: UrlState<TabState>;
  pipelines: readonly PipelineSummary[];
  onClear: () => void;
}

function Fields(props: FilterProps) {
  const t = useText();
  const { state, update } = props.url;
  return (
    <>
      <SearchField
        label={t('entity.findings.search')}
        value={state.search}
        onChange={search => update({ search }, { replace: true })}
      />
      {props.pipelines.length > 1 && (
        <Select
          label={t('entity.findings.pipeline')}
          placeholder={t('entity.findings.allPipelines')}
          value={state.in || 'all'}
          onChange={pipeline =>
            update({ in: pipeline === 'all' ? '' : String(pipeline) })
          }
          options={[
            { id: 'all', label: t('entity.findings.allPipelines') },
            ...props.pipelines.map(({ id, name }) => ({ id, label: name })),
          ]}
        />
      )}
      <Select
        label={t('entity.findings.status')}
        selectionMode="multiple"
        placeholder={t('entity.findings.anyStatus')}
        value={[...state.status]}
        onChange={status => update({ status: status as StatusWord[] })}
        options={SHOWN_STATUSES.map(status => ({
          id: STATUS_WORDS[status],
          label: t(`status.${status}`),
        }))}
      />
      <Select
        label={t('entity.findings.severity')}
        selectionMode="multiple"
        placeholder={t('entity.findings.anySeverity')}
        value={[...state.severity]}
        onChange={severity => update({ severity: severity as Severity[] })}
        options={SEVERITIES.map(severity => ({
          id: severity,
          label: t(`severity.${severity}`),
        }))}
      />
      <Checkbox
        isSelected={state.mine === 'yes'}
        onChange={mine => update({ mine: mine ? 'yes' : '' })}
      >
        {t('entity.findings.mine')}
      </Checkbox>
      <Button variant="tertiary" onPress={props.onClear}>
        {t('entity.findings.clear')}
      </Button>
    </>
  );
}

/** The filters over the list of controls. They stand below what is seen first, and come right after it. */
export function FindingFilters(props: FilterProps) {
  const t = useText();
  const painted = useAfterPaint();
  return (
    <div
      className={styles.filters}
      role="search"
      aria-label={t('fleet.filters')}
    >
      {painted && <Fields {...props} />}
    </div>
  );
}
