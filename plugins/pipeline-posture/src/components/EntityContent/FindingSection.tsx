import { Button } from '@backstage/ui';
import { EntityPosture } from 'backstage-plugin-pipeline-posture-common';
import { useCallback, useMemo } from 'react';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { FindingGroups } from '../finding';
import { EmptyPanel, Panel } from '../parts';
import { focusSoon, landing, LANDING } from '../parts/focusSoon';
import { Result } from '../posture/results';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import { FindingFilters } from './FindingFilters';
import { ALL_RESULTS, STATUS_WORDS, TAB_SCHEMA, TabState } from './tabState';
import { useFindingSurroundings } from './useFindingSurroundings';
import { useQuietDetail } from './useQuietDetail';
import styles from './content.module.css';

const contains = (result: Result, search: string) =>
  [
    result.title,
    result.controlId,
    result.pipelineName,
    ...(result.finding?.instances.map(one => one.observed) ?? []),
  ].some(text => text.toLowerCase().includes(search.toLowerCase()));

function matches(result: Result, state: TabState): boolean {
  return (
    (state.status.length === 0 ||
      state.status.includes(STATUS_WORDS[result.status])) &&
    (state.severity.length === 0 || state.severity.includes(result.severity)) &&
    (state.mine === '' || result.finding?.actor === 'service-owner') &&
    (state.search === '' || contains(result, state.search))
  );
}

/** Every control on every pipeline of an entity, with filters that live in the address. */
export function FindingSection(props: {
  posture: EntityPosture;
  results: readonly Result[];
  url: UrlState<TabState>;
  onChanged: () => void;
}) {
  const t = useText();
  const { posture, results, url } = props;
  const { state, update } = url;
  const inPipeline = useMemo(
    () => results.filter(one => state.in === '' || one.pipelineId === state.in),
    [results, state.in],
  );
  const matching = useMemo(
    () => inPipeline.filter(result => matches(result, state)),
    [inPipeline, state],
  );
  const withDetail = useQuietDetail(
    inPipeline,
    state.pipeline === '' ? state.finding : '',
  );
  const surroundingsOf = useFindingSurroundings({
    posture,
    url,
    onChanged: props.onChanged,
  });
  const clear = useCallback(
    () => update({ ...ALL_RESULTS, status: TAB_SCHEMA.status.fallback }),
    [update],
  );
  const narrowed =
    state.search !== '' || state.mine !== '' || state.severity.length > 0;
  // While a pipeline is open beside the list, findings open there.
  const finding = state.pipeline === '' ? state.finding : '';
  const isOpen = inPipeline.some(({ key }) => key === finding);
  return (
    <Panel heading={t('entity.findings.heading')}>
      <IgnoredFilters rejected={url.rejected} />
      <FindingFilters url={url} pipelines={posture.pipelines} onClear={clear} />
      <p className={styles.count} role="status" {...landing}>
        {t('entity.findings.shown', {
          count: matching.length,
          all: String(results.length),
        })}
      </p>
      {narrowed && matching.length === 0 && !isOpen ? (
        <EmptyPanel
          as="h3"
          title={t('state.noFindings.title')}
          text={t('state.noFindings.text', { count: results.length })}
        >
          <Button
            variant="secondary"
            onPress={() => {
              clear();
              focusSoon(LANDING);
            }}
          >
            {t('state.noMatch.clear')}
          </Button>
        </EmptyPanel>
      ) : (
        <FindingGroups
          all={withDetail}
          matching={matching}
          keepEmpty={!narrowed}
          openKey={finding || undefined}
          showPipeline={posture.pipelines.length > 1 && state.in === ''}
          surroundingsOf={surroundingsOf}
          onToggle={(result, open) =>
            update({ finding: open ? result.key : '' })
          }
        />
      )}
    </Panel>
  );
}
