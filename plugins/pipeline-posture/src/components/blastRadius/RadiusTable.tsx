import { useRouteRef } from '@backstage/core-plugin-api';
import { Button, Link } from '@backstage/ui';
import { BlastRadius } from 'backstage-plugin-pipeline-posture-common';
import { useMemo, useState } from 'react';
import { useText } from '../../hooks/useText';
import { rootRouteRef } from '../../routes';
import { Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { pathsOf } from './paths';

const SHOWN_AT_FIRST = 100;

/** Every way through the graph as a row. */
export function RadiusTable({ radius }: { radius: BlastRadius }) {
  const t = useText();
  const root = useRouteRef(rootRouteRef)();
  const [shown, setShown] = useState(SHOWN_AT_FIRST);
  const paths = useMemo(() => pathsOf(radius), [radius]);
  return (
    <>
      <Scroll label={t('table', { name: t('blast.graph') })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('blast.head.changer')}</th>
              <th scope="col">{t('blast.head.pipeline')}</th>
              <th scope="col">{t('blast.head.identity')}</th>
              <th scope="col">{t('blast.head.target')}</th>
              <th scope="col">{t('fleet.detail.tier')}</th>
            </tr>
          </thead>
          <tbody>
            {paths
              .slice(0, shown)
              .map(({ key, changer, rights, pipeline, target, grants }) => (
                <tr key={key}>
                  <td>
                    {changer?.label ?? t('blast.notKnown')}
                    {rights.length > 0 && (
                      <span lang="en"> ({rights.join(', ')})</span>
                    )}
                  </td>
                  <th scope="row">
                    {pipeline.pipelineId ? (
                      <Link
                        href={`${root}?${new URLSearchParams({
                          pipeline: pipeline.pipelineId,
                        })}`}
                      >
                        {pipeline.label}
                      </Link>
                    ) : (
                      pipeline.label
                    )}
                  </th>
                  <td>{radius.identity.name}</td>
                  <td>
                    {target?.label ?? t('blast.notKnown')}
                    {grants.length > 0 && (
                      <span lang="en"> ({grants.join(', ')})</span>
                    )}
                  </td>
                  <td>
                    {target?.tier ? t(`fleet.tier.${target.tier}`) : t('none')}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </Scroll>
      {paths.length > shown && (
        <Button
          variant="secondary"
          onPress={() => setShown(now => now + SHOWN_AT_FIRST)}
        >
          {t('finding.more', { count: paths.length - shown })}
        </Button>
      )}
    </>
  );
}
