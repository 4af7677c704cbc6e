import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  GroupRollUp,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { percentOf } from '../fleet';
import { Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { KIND } from './groupsState';

/** Leads to the pipelines of a group. Those of nobody cannot be listed. */
function Pipelines({ group, by }: { group: GroupRollUp; by: RollUpBy }) {
  const t = useText();
  const { keep } = useAsOf();
  const root = useRouteRef(rootRouteRef)();
  if (!group.ref) return <>{group.pipelines ?? t('none')}</>;
  return (
    <Link to={keep(`${root}?${new URLSearchParams({ [by]: group.ref })}`)}>
      {group.pipelines === undefined
        ? t('groups.showPipelines')
        : t('fleet.found', { count: group.pipelines })}
    </Link>
  );
}

function Bar({ group }: { group: GroupRollUp }) {
  const { byCompliance, entities } = group;
  const share = (number: number) => `${(100 * number) / (entities || 1)}%`;
  return (
    <div className={table.bar} aria-hidden="true">
      <div
        className={table.reached}
        style={{ inlineSize: share(byCompliance.compliant) }}
      />
      <div
        className={table.possible}
        style={{ inlineSize: share(byCompliance.unknown) }}
      />
    </div>
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
        <Bar group={group} />
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

/** Groups with their shares of compliant entities, weakest first. */
export function GroupTable(props: {
  groups: readonly GroupRollUp[];
  by: RollUpBy;
  titles: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const { groups, by, titles } = props;
  return (
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
          {groups.map(group => (
            <Row key={group.ref ?? ''} group={group} by={by} titles={titles} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
