import { Button, TextAreaField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import {
  ExemptionView,
  Severity,
} from 'backstage-plugin-pipeline-posture-common';
import { useRef, useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { conflictOf, useErrorText } from '../../hooks/useErrorText';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';
import { Panel } from '../parts';
import { RequestExemption } from './RequestExemption';
import styles from './exemptions.module.css';

type Act = 'approve' | 'reject' | 'revoke';

/** What the viewer can do, most helpful first. Who asked withdraws instead of rejecting. */
function actsOf({ own, state, may }: ExemptionView): Act[] {
  const acts: Act[] = [];
  if (may.approve) acts.push('approve');
  if (may.reject && !own) acts.push('reject');
  if (may.revoke && (own || state === 'active')) acts.push('revoke');
  return acts;
}

/** Why the viewer has to say why. */
function hintOf({ own, state }: ExemptionView) {
  if (state === 'active') return 'active';
  return own ? 'own' : 'waiting';
}

/** Why a decision came too late; undefined where it failed for another reason. */
function lateness(error: unknown) {
  switch (conflictOf(error)) {
    case 'last-day-passed':
      return 'ended';
    case 'decided-already':
      return 'decided';
    default:
      return undefined;
  }
}

/** Approves, rejects, revokes or extends, whatever the viewer may do. All but approving take a comment. */
export function Decision(props: {
  exemption: ExemptionView;
  title: string;
  severity?: Severity;
  onDecided: () => void;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const errorText = useErrorText();
  const field = useRef<HTMLDivElement>(null);
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);
  const [pending, setPending] = useState<Act>();
  const { exemption, onDecided } = props;
  const { state, own } = exemption;
  const acts = actsOf(exemption);
  if (state !== 'waiting' && state !== 'active') return null;

  const decide = async (act: Act) => {
    const without = act !== 'approve' && comment.trim() === '';
    setMissing(without);
    if (without) {
      field.current?.querySelector('textarea')?.focus();
      return;
    }
    setPending(act);
    try {
      await api.decideExemption(exemption.id, act, comment.trim() || undefined);
      notify({ title: t('exemptions.decided'), status: 'success' });
      setComment('');
      onDecided();
    } catch (error) {
      const late = lateness(error);
      notify({
        title: t('exemptions.failed'),
        text: late ? t(`exemptions.late.${late}`) : errorText(error as Error),
        status: 'danger',
      });
      // What is shown is older than what is so.
      if (late) onDecided();
    } finally {
      setPending(undefined);
    }
  };
  const wordOf = (act: Act) =>
    t(
      act === 'revoke' && own && state === 'waiting'
        ? 'exemptions.withdraw'
        : `exemptions.${act}`,
    );

  return (
    <Panel heading={t('exemptions.panel.decision')}>
      <div ref={field} className={styles.decision}>
        {own && state === 'waiting' && (
          <p>{t('exemptions.panel.ownRequest')}</p>
        )}
        {!own && acts.length === 0 && <p>{t('exemptions.panel.mayNot')}</p>}
        {acts.length > 0 && (
          <TextAreaField
            label={t('exemptions.comment')}
            description={t(`exemptions.commentHint.${hintOf(exemption)}`)}
            rows={2}
            validationBehavior="aria"
            validate={() => (missing ? t('exemptions.commentMissing') : null)}
            value={comment}
            onChange={text => {
              setComment(text);
              if (text.trim() !== '') setMissing(false);
            }}
          />
        )}
        <div className={styles.acts}>
          {acts.map(act => (
            <Button
              key={act}
              variant={act === 'approve' ? 'primary' : 'secondary'}
              isPending={pending === act}
              isDisabled={pending !== undefined && pending !== act}
              onPress={() => decide(act)}
            >
              {wordOf(act)}
            </Button>
          ))}
          {state === 'active' && (
            <RequestExemption
              target={{
                controlId: exemption.controlId,
                title: props.title,
                severity: props.severity,
                pipelineId: exemption.pipelineId,
                pipelineName: exemption.pipelineName,
                entityRefs: exemption.entityRef ? [exemption.entityRef] : [],
              }}
              before={exemption}
              onRequested={onDecided}
            />
          )}
        </div>
      </div>
    </Panel>
  );
}
