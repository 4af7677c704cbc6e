import { Alert } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  CollectorHealth,
  pipelinePostureCollectorReadPermission,
  ScopeView,
} from 'backstage-plugin-pipeline-posture-common';
import { useEffect } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { usePaced } from '../../hooks/usePaced';
import { useRunSignal } from '../../hooks/useRunSignal';
import { useText } from '../../hooks/useText';
import { EmptyPanel, Waiting } from '../parts';
import { Failure } from '../states';
import { CollectingPanel } from './CollectingPanel';
import { MissingLinksPanel } from './MissingLinksPanel';
import { RunsPanel } from './RunsPanel';
import { ScopesPanel } from './ScopesPanel';
import { SourcesPanel } from './SourcesPanel';
import { TroublesPanel } from './TroublesPanel';
import { UnlinkedPanel } from './UnlinkedPanel';

const SHAPE = [60, 240, 240];
const WHILE_RUNNING_MS = 5000;

function Overall(props: {
  health: CollectorHealth;
  scopes: readonly ScopeView[];
}) {
  const t = useText();
  const locale = useLocale();
  const { health, scopes } = props;
  const number = (state: ScopeView['state']) =>
    // A source that fails still does while it is tried again.
    scopes.filter(scope => (scope.standing ?? scope.state) === state).length;
  const sources = health.sources.filter(({ state }) => state === 'failing');
  const failing = number('failing');
  const incomplete = number('incomplete');
  const taken = health.sources.filter(
    ({ state }) => state === 'not-configured',
  );
  const lines = [
    failing > 0 && t('health.overall.failing', { count: failing }),
    failing === 0 &&
      sources.length > 0 &&
      t('health.overall.sources', { count: sources.length }),
    incomplete > 0 && t('health.overall.incomplete', { count: incomplete }),
    taken.length > 0 &&
      t('health.overall.notConfigured', { count: taken.length }),
  ].filter(line => line !== false);
  if (lines.length === 0) {
    return <Alert status="success" icon title={t('health.overall.ok')} />;
  }
  return (
    <Alert
      status={failing + sources.length > 0 ? 'danger' : 'warning'}
      icon
      title={t('health.overall.attention', {
        what: new Intl.ListFormat(locale).format(lines),
      })}
    />
  );
}

/** How the collection goes, and what it could not read. */
export function HealthView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { value, error, pending, reload } = useAnswer(
    'scopes',
    async signal => {
      const [scopes, health] = await Promise.all([
        api.listScopes({ signal }),
        api.getHealth({ signal }),
      ]);
      return { scopes, health };
    },
  );
  const reloadSoon = usePaced(reload, pending);
  useRunSignal(reloadSoon);
  const running =
    value?.scopes.some(({ state }) => state === 'running') ?? false;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(reloadSoon, WHILE_RUNNING_MS);
    return () => clearInterval(timer);
  }, [reloadSoon, running]);

  if (error && !value) {
    return (
      <Failure
        error={error}
        permission={pipelinePostureCollectorReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const { scopes, health } = value;
  if (scopes.length === 0 && health.sources.length === 0) {
    return (
      <EmptyPanel
        title={t('health.empty.title')}
        text={t('health.empty.text')}
      />
    );
  }
  return (
    <>
      <Overall scopes={scopes} health={health} />
      <CollectingPanel scopes={scopes} onChanged={reload} />
      <SourcesPanel health={health} />
      <ScopesPanel scopes={scopes} onChanged={reload} />
      <TroublesPanel scopes={scopes} sources={health.sources} />
      <UnlinkedPanel />
      <MissingLinksPanel />
      <RunsPanel newest={scopes} />
    </>
  );
}
