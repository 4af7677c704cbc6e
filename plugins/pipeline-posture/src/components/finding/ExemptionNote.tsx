import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { dateOf, When } from '../marks';
import styles from './finding.module.css';

/** Why a finding is tolerated and until when, or who has asked for that. */
export function ExemptionNote({ exemption }: { exemption: ExemptionView }) {
  const t = useText();
  const locale = useLocale();
  const { state, type, until, reason, decidedBy, decidedAt } = exemption;
  if (state === 'waiting') {
    return (
      <p className={styles.sentence}>
        <strong>{t('finding.exemption.pending')}</strong>{' '}
        {t('finding.exemption.requested', {
          who: <EntityRefLink entityRef={exemption.requestedBy} />,
          when: <When at={exemption.requestedAt} />,
        })}
      </p>
    );
  }
  if (state !== 'active' || !decidedBy || !decidedAt) return null;
  return (
    <p className={styles.sentence}>
      <strong>
        {t('finding.exemption.until', { date: dateOf(until, locale) })}
      </strong>{' '}
      {t('finding.exemption.approved', {
        type: t(`exemptions.type.${type}`),
        who: <EntityRefLink entityRef={decidedBy} />,
        date: dateOf(decidedAt, locale),
        reason,
      })}
    </p>
  );
}
