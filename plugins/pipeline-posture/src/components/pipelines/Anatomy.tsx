import {
  IdentityView,
  StageView,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { ExternalLink, Panel, Scroll } from '../parts';
import table from '../posture/dimensions.module.css';

function Stages({ stages }: { stages: readonly StageView[] }) {
  const t = useText();
  if (stages.length === 0) return <p>{t('fleet.detail.noStages')}</p>;
  return (
    <Scroll label={t('table', { name: t('fleet.detail.stages') })}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('fleet.detail.stage')}</th>
            <th scope="col">{t('fleet.detail.tier')}</th>
            <th scope="col">{t('fleet.detail.environment')}</th>
            <th scope="col">{t('fleet.detail.gates')}</th>
          </tr>
        </thead>
        <tbody>
          {stages.map((stage, i) => (
            <tr key={i}>
              <th scope="row">{stage.name}</th>
              <td>{t(`fleet.tier.${stage.deploys ? stage.tier : 'none'}`)}</td>
              <td>{stage.environment ?? t('none')}</td>
              <td>
                {stage.gates.length > 0
                  ? stage.gates.join(', ')
                  : t(stage.deploys ? 'fleet.detail.noGate' : 'none')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Identities({ identities }: { identities: readonly IdentityView[] }) {
  const t = useText();
  if (identities.length === 0) return <p>{t('fleet.detail.noIdentities')}</p>;
  return (
    <Scroll label={t('table', { name: t('fleet.detail.identities') })}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('fleet.detail.identity')}</th>
            <th scope="col">{t('fleet.detail.type')}</th>
            <th scope="col">{t('fleet.detail.purpose')}</th>
            <th scope="col">{t('fleet.detail.credential')}</th>
            <th scope="col" className={table.number}>
              {t('fleet.detail.sharedWith')}
            </th>
          </tr>
        </thead>
        <tbody>
          {identities.map(identity => (
            <tr key={identity.id}>
              <th scope="row">
                {identity.url ? (
                  <ExternalLink href={identity.url} label={identity.name} />
                ) : (
                  identity.name
                )}
              </th>
              <td lang="en">{identity.type}</td>
              <td lang="en">{identity.purposes.join(', ')}</td>
              <td lang="en">{identity.credential}</td>
              <td className={table.number}>
                {identity.sharedWith ?? t('fleet.detail.notKnown')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What a pipeline is made of: its stages with their gates, and what it acts as. */
export function Anatomy(props: {
  stages: readonly StageView[];
  identities: readonly IdentityView[];
}) {
  const t = useText();
  return (
    <>
      <Panel heading={t('fleet.detail.stages')}>
        <Stages stages={props.stages} />
      </Panel>
      <Panel heading={t('fleet.detail.identities')}>
        <Identities identities={props.identities} />
      </Panel>
    </>
  );
}
