import { Link } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { FindingExemption } from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { useAsOf } from '../../hooks/useAsOf';
import { useLocale } from '../../hooks/useLocale';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { RequestExemption } from '../exemptions/RequestExemption';
import { dateOf, dayOf, ShownStatus, When } from '../marks';
import { Result } from '../posture/results';
import { rowButtonOf } from './rowButton';
import { requestTargetOf } from './requestTarget';
import styles from './finding.module.css';

function ViewExemption(props: { id: string; label: string }) {
  const page = usePage();
  const { keep } = useAsOf();
  if (page === undefined) return null;
  return (
    <Link href={keep(`${page}/exemptions?exemption=${props.id}`)}>
      {props.label}
    </Link>
  );
}

function Note(props: { title: ReactNode; text: ReactNode; action: ReactNode }) {
  return (
    <div className={styles.exemption}>
      <span>
        <strong>{props.title}</strong>
        <br />
        {props.text}
      </span>
      {props.action}
    </div>
  );
}

/** Why a finding is tolerated and until when, who has asked for that, or that it has ended. */
export function ExemptionNote(props: {
  exemption: FindingExemption;
  result: Result;
  status: ShownStatus;
  entityRefs?: readonly string[];
  onRequested?: () => void;
}) {
  const t = useText();
  const locale = useLocale();
  const { exemption, result, status } = props;
  const { id, state, type, until, reason, approvedBy, approvedAt, endedAt } =
    exemption;
  if (state === 'waiting') {
    return (
      <Note
        title={t('finding.exemption.pending', {
          status: t(`status.${status}`),
        })}
        text={t('finding.exemption.requested', {
          who: <EntityRefLink entityRef={exemption.requestedBy} hideIcon />,
          when: <When at={exemption.requestedAt} />,
        })}
        action={<ViewExemption id={id} label={t('finding.exemption.view')} />}
      />
    );
  }
  if (state === 'active' && approvedBy && approvedAt) {
    return (
      <Note
        title={t('finding.exemption.until', { date: dayOf(until, locale) })}
        text={t('finding.exemption.approved', {
          type: t(`exemptions.type.${type}`),
          who: <EntityRefLink entityRef={approvedBy} hideIcon />,
          date: dateOf(approvedAt, locale),
          reason,
        })}
        action={
          <ViewExemption id={id} label={t('finding.exemption.viewActive')} />
        }
      />
    );
  }
  if (!endedAt) return null;
  return (
    <Note
      title={t('finding.exemption.ended', { when: <When at={endedAt} /> })}
      text={t('finding.exemption.countsAgain')}
      action={
        <RequestExemption
          target={requestTargetOf(result, props.entityRefs)}
          before={exemption}
          onRequested={props.onRequested}
          focusAfter={rowButtonOf}
        />
      }
    />
  );
}
