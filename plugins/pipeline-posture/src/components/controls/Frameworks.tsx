import { ControlDetail } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { ExternalLink, Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';

/** Where public frameworks ask for the same. */
export function Frameworks({ detail }: { detail: ControlDetail }) {
  const t = useText();
  const { frameworks, control } = detail;
  return (
    <Panel heading={t('controls.mappings')}>
      {frameworks.length === 0 && control.answers.length === 0 ? (
        <p>{t('controls.noMappings')}</p>
      ) : (
        <Scroll label={t('table', { name: t('controls.mappings') })}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{t('controls.framework')}</th>
                <th scope="col">{t('controls.clauses')}</th>
              </tr>
            </thead>
            <tbody>
              {control.answers.length > 0 && (
                <tr>
                  <th scope="row">{t('controls.answers')}</th>
                  <td>{control.answers.join(', ')}</td>
                </tr>
              )}
              {frameworks.map(({ framework, title, url, entries }) => (
                <tr key={framework}>
                  <th scope="row" lang="en">
                    <ExternalLink href={url} label={title} />
                  </th>
                  <td>{entries.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}
