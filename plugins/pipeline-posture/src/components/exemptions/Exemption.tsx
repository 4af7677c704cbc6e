import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  ExemptionEvent,
  ExemptionView,
} from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { Standing, StateMark } from '../health/StateMark';
import { dateOf, When } from '../marks';
import { Decision } from './Decision';
import styles from './exemptions.module.css';

const STANDINGS: Record<ExemptionView['state'], Standing> = {
  waiting: 'waiting',
  active: 'running',
  rejected: 'bad',
  revoked: 'bad',
  expired: 'attention',
  lapsed: 'attention',
};

function Event({ event }: { event: ExemptionEvent }) {
  const t = useText();
  return (
    <li>
      {t('exemptions.historyLine', {
        what: t(`exemptions.event.${event.what}`),
        when: <When at={event.at} />,
        who: event.by ?? t('exemptions.byItself'),
      })}
      {event.comment && <>: {event.comment}</>}
    </li>
  );
}

/** One request with its reason, its history and what the viewer may do with it. */
export function Exemption(props: {
  exemption: ExemptionView;
  title: string;
  onDecided: () => void;
}) {
  const t = useText();
  const locale = useLocale();
  const { exemption, title, onDecided } = props;
  const { asOf } = useAsOf();
  const { may, state } = exemption;
  const target =
    exemption.pipelineName ?? exemption.pipelineId ?? exemption.entityRef ?? '';
  return (
    <li className={styles.exemption}>
      <div className={styles.head}>
        <StateMark standing={STANDINGS[state]}>
          {t(`exemptions.state.${state}`)}
        </StateMark>
        <h3 lang="en">{title}</h3>
      </div>
      <p>
        {t('exemptions.for', { target })} ·{' '}
        {t(`exemptions.type.${exemption.type}`)} ·{' '}
        {t('exemptions.until', { date: dateOf(exemption.until, locale) })}
      </p>
      <p>
        {t('exemptions.requested', {
          who: <EntityRefLink entityRef={exemption.requestedBy} />,
          when: <When at={exemption.requestedAt} />,
        })}
      </p>
      <p>
        <strong>{t('exemptions.reason')}:</strong> {exemption.reason}
      </p>
      {exemption.mitigation && (
        <p>
          <strong>{t('exemptions.mitigation')}:</strong> {exemption.mitigation}
        </p>
      )}
      <details>
        <summary>{t('exemptions.history')}</summary>
        <ul>
          {exemption.events.map((event, i) => (
            <Event key={i} event={event} />
          ))}
        </ul>
      </details>
      {!asOf && (may.approve || may.reject || may.revoke) && (
        <Decision exemption={exemption} onDecided={onDecided} />
      )}
    </li>
  );
}
