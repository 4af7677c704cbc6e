import { Select } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  GroupRollUp,
  pipelinePostureFindingReadPermission,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { oneOf, UrlSchema, useUrlState } from '../../hooks/useUrlState';
import { rootRouteRef } from '../../routes';
import { percentOf } from '../fleet';
import { Panel, Scroll, Waiting } from '../parts';
import filters from '../pipelines/pipelines.module.css';
import table from '../posture/dimensions.module.css';
import { Failure } from '../states';

const SHAPE = [80, 300];
const BY: readonly RollUpBy[] = ['owner', 'system', 'domain'];
const KIND = { owner: 'group', system: 'system', domain: 'domain' };
const SCHEMA: UrlSchema<{ by: RollUpBy }> = { by: oneOf(BY, 'owner') };

/** Leads to the pipelines of a group. They cannot be listed by domain, nor those of nobody. */
function Pipelines({ group, by }: { group: GroupRollUp; by: RollUpBy }) {
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  if (!group.ref || by === 'domain') return <>{t('none')}</>;
  return (
    <Link to={`${root}?${new URLSearchParams({ [by]: group.ref })}`}>
      {t('groups.showPipelines')}
    </Link>
  );
}

function Row(props: {
  group: GroupRollUp;
  by: RollUpBy;
  titles: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const locale = useLocale();
  const { group, by, titles } = props;
  const { byCompliance, entities, ref, meanScore, failingControls } = group;
  const [fix] = failingControls;
  return (
    <tr>
      <th scope="row">
        {ref ? (
          <EntityRefLink entityRef={ref} defaultKind={KIND[by]} />
        ) : (
          t('groups.none')
        )}
      </th>
      <td className={table.number}>
        {t('groups.share', {
          compliant: String(byCompliance.compliant),
          all: String(entities),
          percent: percentOf(byCompliance.compliant, entities, locale),
        })}
      </td>
      <td>
        <div className={table.bar} aria-hidden="true">
          <div
            className={table.reached}
            style={{
              inlineSize: `${
                (100 * byCompliance.compliant) / (entities || 1)
              }%`,
            }}
          />
          <div
            className={table.possible}
            style={{
              inlineSize: `${(100 * byCompliance.unknown) / (entities || 1)}%`,
            }}
          />
        </div>
      </td>
      <td className={table.number}>{byCompliance['non-compliant']}</td>
      <td className={table.number}>{byCompliance.unknown}</td>
      <td className={table.number}>{meanScore ?? t('none')}</td>
      <td className={table.wrap}>
        {fix
          ? t('groups.fix', {
              control: titles.get(fix.controlId) ?? fix.controlId,
              pipelines: String(fix.pipelines),
            })
          : t('none')}
      </td>
      <td>
        <Pipelines group={group} by={by} />
      </td>
    </tr>
  );
}

/** Posture by owner, system or domain, weakest first. */
export function GroupsView() {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const { state, update } = useUrlState(SCHEMA);
  const { by } = state;
  const { value, error, reload } = useAnswer(`groups:${by}`, async signal => {
    const [groups, controls] = await Promise.all([
      api.getRollUps(by, { signal }),
      api.listControls({ signal }),
    ]);
    return {
      groups,
      titles: new Map(controls.map(({ id, title }) => [id, title])),
    };
  });
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
  return (
    <Panel heading={t('groups.title')}>
      <div className={filters.filters}>
        <Select
          label={t('groups.by')}
          value={by}
          onChange={chosen => update({ by: chosen as RollUpBy })}
          options={BY.map(id => ({ id, label: t(`groups.${id}`) }))}
        />
      </div>
      {value.groups.length === 0 ? (
        <p>{t('groups.empty')}</p>
      ) : (
        <>
          <p>{t('groups.note')}</p>
          <Scroll label={t('table', { name: t('groups.title') })}>
            <table className={table.table}>
              <thead>
                <tr>
                  <th scope="col">{t(`groups.${by}`)}</th>
                  <th scope="col" className={table.number}>
                    {t('groups.column.compliant')}
                  </th>
                  <th scope="col">{t('groups.column.picture')}</th>
                  <th scope="col" className={table.number}>
                    {t('groups.column.nonCompliant')}
                  </th>
                  <th scope="col" className={table.number}>
                    {t('groups.column.unknown')}
                  </th>
                  <th scope="col" className={table.number}>
                    {t('groups.column.mean')}
                  </th>
                  <th scope="col">{t('groups.column.firstFix')}</th>
                  <th scope="col">{t('groups.column.pipelines')}</th>
                </tr>
              </thead>
              <tbody>
                {value.groups.map(group => (
                  <Row
                    key={group.ref ?? ''}
                    group={group}
                    by={by}
                    titles={value.titles}
                  />
                ))}
              </tbody>
            </table>
          </Scroll>
        </>
      )}
    </Panel>
  );
}
