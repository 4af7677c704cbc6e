import { Alert } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  pipelinePostureCollectorReadPermission,
  ScopeView,
} from 'backstage-plugin-pipeline-posture-common';
import { useEffect } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { EmptyPanel, Waiting } from '../parts';
import { Failure } from '../states';
import { RunsPanel } from './RunsPanel';
import { ScopesPanel } from './ScopesPanel';
import { TroublesPanel } from './TroublesPanel';
import { UnlinkedPanel } from './UnlinkedPanel';

const SHAPE = [60, 240, 240];
const WHILE_RUNNING_MS = 5000;

function Overall({ scopes }: { scopes: readonly ScopeView[] }) {
  const t = useText();
  const number = (state: ScopeView['state']) =>
    scopes.filter(scope => scope.state === state).length;
  const failing = number('failing');
  const incomplete = number('incomplete');
  if (failing === 0 && incomplete === 0) {
    return <Alert status="success" icon title={t('health.overall.ok')} />;
  }
  const lines = [
    failing > 0 && t('health.overall.failing', { count: failing }),
    incomplete > 0 && t('health.overall.incomplete', { count: incomplete }),
  ].filter(Boolean);
  return (
    <Alert
      status={failing > 0 ? 'danger' : 'warning'}
      icon
      title={lines.join(' ')}
    />
  );
}

/** How the collection goes, and what it could not read. */
export function HealthView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { value, error, reload } = useAnswer('scopes', signal =>
    api.listScopes({ signal }),
  );
  const running = value?.some(({ state }) => state === 'running') ?? false;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(reload, WHILE_RUNNING_MS);
    return () => clearInterval(timer);
  }, [reload, running]);

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
  if (value.length === 0) {
    return (
      <EmptyPanel
        title={t('health.empty.title')}
        text={t('health.empty.text')}
      />
    );
  }
  return (
    <>
      <Overall scopes={value} />
      <ScopesPanel scopes={value} />
      <TroublesPanel scopes={value} />
      <UnlinkedPanel />
      <RunsPanel />
    </>
  );
}
