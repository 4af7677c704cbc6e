import { Select, Tab, TabList, TabPanel, Tabs } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  EXEMPTION_QUEUES,
  ExemptionQueue,
  ExemptionView,
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
import { AsOfPicker, Panel, Waiting } from '../parts';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import { entityName } from '../pipelines/filterFields';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import { ExemptionDrawer } from './ExemptionDrawer';
import { EXEMPTIONS_SCHEMA, queueOf } from './exemptionsState';
import { QueueOfExemptions } from './QueueOfExemptions';
import styles from './exemptions.module.css';

const SHAPE = [80, 320];

/** Every request that the viewer may see, by what has to be done about it. */
export function ExemptionsView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const url = useUrlState(EXEMPTIONS_SCHEMA);
  const { state, update } = url;
  const { asOf } = useAsOf();
  const titles = useControlTitles();
  const reloadAbout = useReloadAbout();
  const { owner, page, size } = state;
  const queue = state.queue || 'waiting';
  const query = { queue, owner: [...owner], page, size, asOf };
  const { value, error, pending, reload } = useAnswer(
    JSON.stringify(query),
    async signal => ({
      queue,
      list: await api.listExemptions(query, { signal }),
    }),
    { keep: true },
  );
  // The rows of another queue would stand under this one's name.
  const list = value?.queue === queue ? value.list : undefined;
  const numbers = value?.list.counts;
  const changed = useCallback(() => {
    reload();
    reloadAbout();
  }, [reload, reloadAbout]);
  const counts = new Map(value?.list.owners.map(one => [one.value, one.count]));
  const owners = [...new Set([...counts.keys(), ...owner])].map(id => ({
    id,
    count: counts.get(id) ?? 0,
  }));
  const titleOf = (controlId: string) => titles.get(controlId) ?? controlId;
  const opened = useCallback(
    (exemption: ExemptionView) => {
      if (state.queue === '')
        update({ queue: queueOf(exemption) }, { replace: true });
    },
    [state.queue, update],
  );
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
              {numbers
                ? t('exemptions.tab', {
                    queue: t(`exemptions.queue.${id}`),
                    number: String(numbers[id]),
                  })
                : t(`exemptions.queue.${id}`)}
            </Tab>
          ))}
        </TabList>
        {EXEMPTION_QUEUES.map(id => (
          <TabPanel key={id} id={id} className={styles.queue}>
            {list && (
              <QueueOfExemptions
                url={url}
                queue={queue}
                answer={list}
                pending={pending}
                titleOf={titleOf}
              />
            )}
            {!list && error && (
              <Failure
                error={error}
                permission={pipelinePostureFindingReadPermission.name}
                onRetry={reload}
              />
            )}
            {!list && !error && <Waiting heights={SHAPE} />}
          </TabPanel>
        ))}
      </Tabs>
      <ExemptionDrawer
        url={url}
        titleOf={titleOf}
        onOpened={opened}
        onChanged={changed}
      />
    </Panel>
  );
}
