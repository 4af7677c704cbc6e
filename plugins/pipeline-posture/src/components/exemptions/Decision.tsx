import { Button, TextField } from '@backstage/ui';
import { useApi } from '@backstage/core-plugin-api';
import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { pipelinePostureApiRef } from '../../api';
import { useNotice } from '../../hooks/useNotice';
import { useText } from '../../hooks/useText';
import styles from './exemptions.module.css';

const DECISIONS = ['approve', 'reject', 'revoke'] as const;

/** Approves, rejects or revokes. The last two need a comment. */
export function Decision(props: {
  exemption: ExemptionView;
  onDecided: () => void;
}) {
  const t = useText();
  const api = useApi(pipelinePostureApiRef);
  const notify = useNotice();
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);
  const [pending, setPending] = useState(false);
  const { exemption, onDecided } = props;

  const decide = async (decision: (typeof DECISIONS)[number]) => {
    const without = decision !== 'approve' && comment.trim() === '';
    setMissing(without);
    if (without) return;
    setPending(true);
    try {
      await api.decideExemption(
        exemption.id,
        decision,
        comment.trim() || undefined,
      );
      notify({ title: t('exemptions.decided'), status: 'success' });
      onDecided();
    } catch (error) {
      notify({
        title: t('exemptions.failed'),
        text: (error as Error).message,
        status: 'danger',
      });
    } finally {
      setPending(false);
    }
  };

  return (
    <div className={styles.decision}>
      <TextField
        label={t('exemptions.comment')}
        description={
          missing ? t('exemptions.commentMissing') : t('exemptions.commentHint')
        }
        isInvalid={missing}
        value={comment}
        onChange={setComment}
      />
      {DECISIONS.filter(decision => exemption.may[decision]).map(decision => (
        <Button
          key={decision}
          variant={decision === 'approve' ? 'primary' : 'secondary'}
          isDisabled={pending}
          onPress={() => decide(decision)}
        >
          {t(`exemptions.${decision}`)}
        </Button>
      ))}
    </div>
  );
}
