import { Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { useState } from 'react';
import { useText } from '../../hooks/useText';
import { RequestExemption } from '../exemptions/RequestExemption';
import { CopyButton } from '../parts';
import { markdownOf } from '../posture/markdown';
import { Result } from '../posture/results';
import { FindingSurroundings } from './FindingDetail';
import { rowButtonOf } from './rowButton';
import { requestTargetOf } from './requestTarget';
import styles from './finding.module.css';

/** What can be done with a finding. */
export function FindingActions(props: {
  result: Result;
  surroundings: FindingSurroundings;
}) {
  const t = useText();
  const [checking, setChecking] = useState(false);
  const { result, surroundings } = props;
  const checkAgain = async () => {
    setChecking(true);
    try {
      await surroundings.onCheckAgain(result);
    } finally {
      setChecking(false);
    }
  };
  return (
    <div className={styles.actions}>
      {surroundings.may.checkAgain && (
        <Button
          size="small"
          variant="secondary"
          iconStart={<RiRefreshLine />}
          isPending={checking}
          onPress={checkAgain}
        >
          {checking ? t('entity.summary.checking') : t('finding.checkAgain')}
        </Button>
      )}
      <CopyButton
        text={() => markdownOf(result, { t, address: surroundings.address() })}
        label={t('finding.copyMarkdown')}
        done={t('finding.markdownCopied')}
      />
      {(result.status === 'fail' || result.status === 'unknown') &&
        !result.finding?.exemption && (
          <RequestExemption
            target={requestTargetOf(result, surroundings.entityRefs)}
            onRequested={surroundings.onRequested}
            focusAfter={rowButtonOf}
          />
        )}
      <CopyButton
        text={surroundings.address}
        label={t('finding.copyLink')}
        done={t('finding.linkCopied')}
      />
    </div>
  );
}
