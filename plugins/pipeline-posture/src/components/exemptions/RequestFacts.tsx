import { EntityRefLink, EntityRefLinks } from '@backstage/plugin-catalog-react';
import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import finding from '../finding/finding.module.css';
import { dayOf, When } from '../marks';
import { TimeLeft } from './ExemptionTime';
import { useTargetName } from './ExemptionTable';
import { effectText } from './ScoreEffect';

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What somebody asks for, and why. */
export function RequestFacts({ exemption }: { exemption: ExemptionView }) {
  const t = useText();
  const locale = useLocale();
  const targetName = useTargetName();
  const { effects = [], owners = [], state } = exemption;
  const more = (exemption.effectCount ?? 0) - effects.length;
  return (
    <dl className={finding.detail}>
      <Item term={t('exemptions.reason')}>{exemption.reason}</Item>
      {exemption.mitigation && (
        <Item term={t('exemptions.mitigation')}>{exemption.mitigation}</Item>
      )}
      <Item term={t('exemptions.panel.type')}>
        {t(`exemptions.type.${exemption.type}`)}
      </Item>
      <Item term={t('exemptions.panel.target')}>{targetName(exemption)}</Item>
      <Item term={t('exemptions.panel.owner')}>
        {owners.length > 0 ? (
          <EntityRefLinks entityRefs={owners} hideIcons />
        ) : (
          t('exemptions.noOwner')
        )}
      </Item>
      <Item term={t('exemptions.panel.requestedBy')}>
        {t('exemptions.panel.by', {
          who: <EntityRefLink entityRef={exemption.requestedBy} hideIcon />,
          when: <When at={exemption.requestedAt} />,
        })}
      </Item>
      <Item term={t('exemptions.panel.until')}>
        {t('exemptions.panel.untilLeft', {
          date: dayOf(exemption.until, locale),
          left: <TimeLeft exemption={exemption} />,
        })}
      </Item>
      {effects.length > 0 && (
        <Item term={t('exemptions.panel.effect')}>
          {effects.map(effect => (
            <p key={effect.pipelineId}>
              {t('exemptions.panel.effectOf', {
                pipeline: effect.pipelineName,
                effect: effectText(t, state, effect),
              })}
            </p>
          ))}
          {more > 0 && <p>{t('exemptions.effect.more', { count: more })}</p>}
        </Item>
      )}
    </dl>
  );
}
