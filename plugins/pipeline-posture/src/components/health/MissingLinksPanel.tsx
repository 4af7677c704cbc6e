import { useApi } from '@backstage/core-plugin-api';
import { Button } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { pipelinePostureCollectorReadPermission } from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useText } from '../../hooks/useText';
import { Panel, Scroll, Waiting } from '../parts';
import table from '../posture/dimensions.module.css';
import { Failure } from '../states';

const SHAPE = [60];
const SIZE = 25;

/** Entities whose annotations lead to no pipeline. */
export function MissingLinksPanel() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const [page, setPage] = useState(1);
  const { value, error, reload } = useAnswer(
    `missing:${page}`,
    signal => api.listMissingLinks({ page, size: SIZE }, { signal }),
    { keep: true },
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
    <Panel heading={t('health.missingLinks.heading')}>
      {value.total === 0 ? (
        <p>{t('health.missingLinks.none')}</p>
      ) : (
        <>
          <p>{t('health.missingLinks.text', { count: value.total })}</p>
          <Scroll
            label={t('table', { name: t('health.missingLinks.heading') })}
          >
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t('health.missingLinks.entity')}</th>
                  <th scope="col">{t('fleet.field.owner')}</th>
                  <th scope="col">{t('health.missingLinks.annotation')}</th>
                </tr>
              </thead>
              <tbody>
                {value.items.map(({ entityRef, owner, annotations }) => (
                  <tr
                    key={`${entityRef}:${annotations
                      .map(one => one.value)
                      .join()}`}
                  >
                    <th scope="row">
                      <EntityRefLink
                        entityRef={entityRef}
                        defaultKind="component"
                      />
                    </th>
                    <td>
                      {owner ? (
                        <EntityRefLink entityRef={owner} defaultKind="group" />
                      ) : (
                        t('none')
                      )}
                    </td>
                    <td>
                      {annotations.map(({ annotation, value: written }) => (
                        <div key={annotation}>
                          <code>{`${annotation}: ${written}`}</code>
                        </div>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          {value.total > SIZE && (
            <p>
              <Button
                variant="secondary"
                isDisabled={page === 1}
                onPress={() => setPage(page - 1)}
              >
                {t('controls.previous')}
              </Button>{' '}
              <Button
                variant="secondary"
                isDisabled={page * SIZE >= value.total}
                onPress={() => setPage(page + 1)}
              >
                {t('controls.next')}
              </Button>
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
