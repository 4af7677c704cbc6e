import { useApi } from '@backstage/core-plugin-api';
import { Button, SearchField } from '@backstage/ui';
import { pipelinePostureFindingReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { useEffect, useRef, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { useUrlState } from '../../hooks/useUrlState';
import { EmptyPanel, Panel, Waiting } from '../parts';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import { BLAST_SCHEMA } from './blastState';
import { IdentityList } from './IdentityList';
import { RadiusPanel } from './RadiusPanel';

const SHAPE = [80, 320];
const SIZE = 10;
const TYPING_MS = 300;

/** Identities by what they endanger; the chosen one with everything that leads to it and away from it. */
export function BlastRadiusView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const url = useUrlState(BLAST_SCHEMA);
  const { state, update } = url;
  const [typed, setTyped] = useState(state.q);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const query = { text: state.q, page: state.page, size: SIZE };
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.listIdentities(query, { signal }),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const clear = () => {
    setTyped('');
    update({ q: '', page: 1 });
  };
  return (
    <>
      <IgnoredFilters rejected={url.rejected} />
      <Panel heading={t('blast.list')}>
        <p>{t('blast.question')}</p>
        <div
          className={filters.filters}
          role="search"
          aria-label={t('fleet.filters')}
        >
          <SearchField
            label={t('blast.search')}
            value={typed}
            onChange={q => {
              setTyped(q);
              clearTimeout(timer.current);
              timer.current = setTimeout(
                () => update({ q, page: 1 }, { replace: true }),
                TYPING_MS,
              );
            }}
          />
        </div>
        <p className={filters.count} role="status">
          {t('blast.found', { count: value.total })}
        </p>
        {value.items.length > 0 && <IdentityList answer={value} url={url} />}
        {value.items.length === 0 && (
          <EmptyPanel
            as="h3"
            title={t(state.q ? 'blast.noMatch' : 'blast.empty.title')}
            text={state.q ? undefined : t('blast.empty.text')}
          >
            {state.q && (
              <Button variant="secondary" onPress={clear}>
                {t('state.noMatch.clear')}
              </Button>
            )}
          </EmptyPanel>
        )}
      </Panel>
      {state.identity && <RadiusPanel key={state.identity} url={url} />}
    </>
  );
}
