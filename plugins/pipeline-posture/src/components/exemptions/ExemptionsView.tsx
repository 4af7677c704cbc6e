import { Select, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  EXEMPTION_ENDING_SOON_DAYS,
  EXEMPTION_QUEUES,
  ExemptionPage,
  ExemptionQueue,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useCallback } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useReloadAbout } from '../../hooks/useAbout';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useControlTitles } from '../../hooks/useControlTitles';
import { useText } from '../../hooks/useText';
import { useUrlState } from '../../hooks/useUrlState';
import { AsOfPicker, EmptyPanel, Panel, Waiting } from '../parts';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import { entityName } from '../pipelines/filterFields';
import { Pagination } from '../pipelines/Pagination';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import { ExemptionDrawer } from './ExemptionDrawer';
import { EXEMPTIONS_SCHEMA, ExemptionsUrl } from './exemptionsState';
import { ExemptionTable } from './ExemptionTable';
import styles from './exemptions.module.css';

const SHAPE = [80, 320];

/** What stands in one queue. */
function Queue(props: {
  url: ExemptionsUrl;
  answer: ExemptionPage;
  pending: boolean;
  titleOf: (controlId: string) => string;
}) {
  const t = useText();
  const { url, answer } = props;
  const { queue, owner, page, size } = url.state;
  return (
    <>
      <p className={styles.note}>
        {t(`exemptions.queueNote.${queue}`, {
          days: String(EXEMPTION_ENDING_SOON_DAYS),
        })}
      </p>
      <p className={filters.count} role="status">
        {props.pending
          ? t('state.refreshing')
          : t('exemptions.found', { count: answer.total })}
      </p>
      {answer.total === 0 ? (
        <EmptyPanel
          as="h3"
          title={t(`exemptions.empty.${queue}`)}
          text={t(
            owner.length > 0
              ? 'exemptions.empty.filtered'
              : 'exemptions.empty.text',
          )}
        />
      ) : (
        <>
          <ExemptionTable
            exemptions={answer.items}
            queue={queue}
            stale={props.pending}
            titleOf={props.titleOf}
            onOpen={({ id }) => url.update({ exemption: id })}
          />
          {answer.total > answer.items.length && (
            <Pagination
              page={page}
              size={size}
              total={answer.total}
              onPage={to => url.update({ page: to })}
              onSize={to => url.update({ size: to, page: 1 })}
            />
          )}
        </>
      )}
    </>
  );
}

/** Every request that the viewer may see, by what has to be done about it. */
export function ExemptionsView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const url = useUrlState(EXEMPTIONS_SCHEMA);
  const { state, update } = url;
  const { asOf } = useAsOf();
  const titles = useControlTitles();
  const reloadAbout = useReloadAbout();
  const { queue, owner, page, size } = state;
  const query = { queue, owner: [...owner], page, size, asOf };
  const { value, error, pending, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.listExemptions(query, { signal }),
    { keep: true },
  );
  const changed = useCallback(() => {
    reload();
    reloadAbout();
  }, [reload, reloadAbout]);
  const counts = new Map(value?.owners.map(one => [one.value, one.count]));
  const owners = [...new Set([...counts.keys(), ...owner])].map(id => ({
    id,
    count: counts.get(id) ?? 0,
  }));
  const titleOf = (controlId: string) => titles.get(controlId) ?? controlId;
  if (error && !value) {
    return (
      <Failure
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  return (
    <Panel heading={t('exemptions.title')}>
      <IgnoredFilters rejected={url.rejected} />
      <div
        className={filters.filters}
        role="search"
        aria-label={t('fleet.filters')}
      >
        <Select
          label={t('fleet.field.owner')}
          selectionMode="multiple"
          placeholder={t('fleet.any')}
          search={{ placeholder: t('fleet.find') }}
          value={[...owner]}
          onChange={chosen => update({ owner: chosen.map(String), page: 1 })}
          options={owners.map(({ id, count }) => ({
            id,
            label: t('fleet.choice', {
              word: entityName(id),
              number: String(count),
            }),
          }))}
        />
        <AsOfPicker />
      </div>
      {!value && <Waiting heights={SHAPE} />}
      {value && (
        <Tabs
          className={styles.queues}
          selectedKey={queue}
          onSelectionChange={chosen =>
            chosen !== queue &&
            update({ queue: chosen as ExemptionQueue, page: 1 })
          }
        >
          <TabList aria-label={t('exemptions.queues')} className={styles.tabs}>
            {EXEMPTION_QUEUES.map(id => (
              <Tab key={id} id={id}>
                {t('exemptions.tab', {
                  queue: t(`exemptions.queue.${id}`),
                  number: String(value.counts[id]),
                })}
              </Tab>
            ))}
          </TabList>
          {EXEMPTION_QUEUES.map(id => (
            <TabPanel key={id} id={id} className={styles.queue}>
              <Queue
                url={url}
                answer={value}
                pending={pending}
                titleOf={titleOf}
              />
            </TabPanel>
          ))}
        </Tabs>
      )}
      <ExemptionDrawer url={url} titleOf={titleOf} onChanged={changed} />
    </Panel>
  );
}
