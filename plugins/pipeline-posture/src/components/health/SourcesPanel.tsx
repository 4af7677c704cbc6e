import {
  CollectorHealth,
  SourceHealth,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';
import { Standing, StateMark } from './StateMark';

const STANDINGS: Record<SourceHealth['state'], Standing> = {
  ok: 'good',
  incomplete: 'attention',
  failing: 'bad',
  scheduled: 'waiting',
  'not-configured': 'attention',
};

/** Every configured organisation or set of accounts. */
export function SourcesPanel({ health }: { health: CollectorHealth }) {
  const t = useText();
  return (
    <Panel heading={t('health.sources')}>
      <Scroll label={t('table', { name: t('health.sources') })}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('health.column.source')}</th>
              <th scope="col">{t('health.column.state')}</th>
              <th scope="col">{t('health.column.failingSince')}</th>
              <th scope="col" className={table.number}>
                {t('health.column.scopes')}
              </th>
              <th scope="col">{t('health.column.discovered')}</th>
            </tr>
          </thead>
          <tbody>
            {health.sources.map(source => (
              <tr key={`${source.provider}:${source.sourceId}`}>
                <th scope="row" className={table.wrap}>
                  {source.title}
                </th>
                <td>
                  <StateMark standing={STANDINGS[source.state]}>
                    {t(`health.state.${source.state}`)}
                  </StateMark>
                </td>
                <td>{source.since ? <When at={source.since} /> : t('none')}</td>
                <td className={table.number}>
                  {source.failingScopes > 0
                    ? t('health.failingScopes', {
                        failing: String(source.failingScopes),
                        all: String(source.scopes),
                      })
                    : source.scopes}
                </td>
                <td>
                  {source.discoveredAt ? (
                    <When at={source.discoveredAt} />
                  ) : (
                    t('health.never')
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}
