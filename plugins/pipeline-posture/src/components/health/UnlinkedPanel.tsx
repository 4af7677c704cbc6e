import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { pipelinePostureCollectorReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { Panel, Waiting } from '../parts';
import { Failure } from '../states';

const SHAPE = [60];
const SHOWN = 100;

/** Pipelines that nobody's score holds. */
export function UnlinkedPanel() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const root = useRouteRef(rootRouteRef)();
  const { value, error, reload } = useAnswer('unlinked', signal =>
    api.listPipelines({ linked: false, sort: 'name', size: SHOWN }, { signal }),
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureCollectorReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  return (
    <Panel heading={t('health.unlinked.heading')}>
      {value.total === 0 ? (
        <p>{t('health.unlinked.none')}</p>
      ) : (
        <>
          <p>{t('health.unlinked.text', { count: value.total })}</p>
          <ul>
            {value.items.map(({ id, name, scope }) => (
              <li key={id}>
                <Link to={`${root}?${new URLSearchParams({ pipeline: id })}`}>
                  {name}
                </Link>
                , {scope}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
