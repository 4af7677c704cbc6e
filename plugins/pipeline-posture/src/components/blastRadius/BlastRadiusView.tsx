import { useApi } from '@backstage/core-plugin-api';
import { Button, SearchField } from '@backstage/ui';
import { pipelinePostureFindingReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { useTyping } from '../../hooks/useTyping';
import { useUrlState } from '../../hooks/useUrlState';
import { EmptyPanel, Panel, Waiting } from '../parts';
import { focusSoon, landing, LANDING } from '../parts/focusSoon';
import { IgnoredFilters } from '../parts/IgnoredFilters';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import { BLAST_SCHEMA } from './blastState';
import { IdentityList } from './IdentityList';
import { RadiusPanel } from './RadiusPanel';

const SHAPE = [320];
const SIZE = 10;

/** Identities by what they endanger; the chosen one with everything that leads to it and away from it. */
export function BlastRadiusView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const url = useUrlState(BLAST_SCHEMA);
  const { state, update } = url;
  const [typed, type] = useTyping(state.q, q =>
    update({ q, page: 1 }, { replace: true }),
  );
  const query = { text: state.q, page: state.page, size: SIZE };
  const { value, error, reload } = useAnswer(
    JSON.stringify(query),
    signal => api.listIdentities(query, { signal }),
    { keep: true },
  );
  const clear = () => {
    update({ q: '', page: 1 });
    focusSoon(LANDING);
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
            onChange={type}
          />
        </div>
        <p className={filters.count} role="status" {...landing}>
          {value && t('blast.found', { count: value.total })}
        </p>
        {error && !value && (
          <Failure
            error={error}
            permission={pipelinePostureFindingReadPermission.name}
            onRetry={reload}
          />
        )}
        {!error && !value && <Waiting heights={SHAPE} />}
        {value && value.items.length > 0 && (
          <IdentityList answer={value} url={url} />
        )}
        {value?.items.length === 0 && (
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
