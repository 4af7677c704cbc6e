import { useApi } from '@backstage/core-plugin-api';
import { Button, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  BlastRadius,
  BlastRadiusCut,
  pipelinePostureFindingReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { Panel, Waiting } from '../parts';
import filters from '../pipelines/pipelines.module.css';
import { Failure } from '../states';
import styles from './blast.module.css';
import { BlastState } from './blastState';
import { RadiusGraph } from './RadiusGraph';
import { RadiusTable } from './RadiusTable';

const SHAPE = [120, 320];
const PIPELINES_AT_ONCE = 100;

function Cut({ cut }: { cut: BlastRadiusCut }) {
  const t = useText();
  const { change, label, removes, of } = cut;
  return (
    <li>
      {t(`blast.cut.${change}`, { label })}{' '}
      <strong>
        {t('blast.cut.removes', { count: removes, of: String(of) })}
      </strong>
    </li>
  );
}

function Summary({ radius }: { radius: BlastRadius }) {
  const t = useText();
  const locale = useLocale();
  const { identity, cuts, productionPaths } = radius;
  const { known, complete } = identity.changers;
  const list = (parts: string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(parts);
  return (
    <div className={styles.summary}>
      <p>
        {t('blast.summary.shared', {
          count: identity.pipelines,
          name: identity.name,
        })}{' '}
        {identity.ownerCount > 0 &&
          t('blast.summary.teams', { count: identity.ownerCount })}{' '}
        {identity.productionTargets.length > 0
          ? t('blast.summary.reaches', {
              count: identity.productionTargets.length,
              targets: list(identity.productionTargets),
            })
          : t('blast.summary.reachesNothing')}{' '}
        {t(`blast.summary.breadth.${identity.breadth}`)}{' '}
        {t(complete ? 'blast.summary.changers' : 'blast.summary.changersMore', {
          count: known,
        })}
      </p>
      <h3>{t('blast.cut.heading')}</h3>
      {cuts.length === 0 ? (
        <p>
          {t(productionPaths === 0 ? 'blast.cut.noPath' : 'blast.cut.none')}
        </p>
      ) : (
        <ol>
          {cuts.slice(0, 3).map(cut => (
            <Cut key={`${cut.change}:${cut.nodeId}`} cut={cut} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** What one identity endangers: in words, as a picture, as a table. */
export function RadiusPanel({ url }: { url: UrlState<BlastState> }) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const [page, setPage] = useState(1);
  const { identity: id, view } = url.state;
  const { value, error, reload } = useAnswer(`${id}:${page}`, signal =>
    api.getBlastRadius(id, { page, size: PIPELINES_AT_ONCE }, { signal }),
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const { identity, shownPipelines } = value;
  const more = page * PIPELINES_AT_ONCE < identity.pipelines;
  return (
    <Panel
      heading={t('blast.of', { name: identity.name })}
      beside={
        <ToggleButtonGroup
          aria-label={t('blast.view')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={keys =>
            url.update({ view: keys.has('table') ? 'table' : 'graph' })
          }
        >
          <ToggleButton id="graph">{t('blast.asGraph')}</ToggleButton>
          <ToggleButton id="table">{t('blast.asTable')}</ToggleButton>
        </ToggleButtonGroup>
      }
    >
      <Summary radius={value} />
      {shownPipelines < identity.pipelines && (
        <p>
          {t('blast.shownPipelines', {
            count: shownPipelines,
            all: String(identity.pipelines),
          })}
        </p>
      )}
      {view === 'graph' ? (
        <RadiusGraph radius={value} />
      ) : (
        <RadiusTable radius={value} />
      )}
      {(page > 1 || more) && (
        <div className={filters.below}>
          <Button
            variant="secondary"
            isDisabled={page === 1}
            onPress={() => setPage(page - 1)}
          >
            {t('controls.previous')}
          </Button>
          <Button
            variant="secondary"
            isDisabled={!more}
            onPress={() => setPage(page + 1)}
          >
            {t('controls.next')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
