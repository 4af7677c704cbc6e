import { Button } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useCallback, useEffect, useState } from 'react';
import { useText } from '../../hooks/useText';

const SHOWN_MS = 3000;

/** Copies a text and says so. */
export function CopyButton(props: {
  /** Asked for when it is pressed. */
  text: () => string;
  label: string;
  /** Said after it worked. */
  done?: string;
}) {
  const t = useText();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const { text } = props;
  const copy = useCallback(async () => {
    await window.navigator.clipboard.writeText(text());
    setCopied(true);
  }, [text]);
  return (
    <Button
      size="small"
      variant="secondary"
      iconStart={copied ? <RiCheckLine /> : <RiFileCopyLine />}
      onPress={copy}
    >
      <span aria-live="polite">
        {copied ? props.done ?? t('copied') : props.label}
      </span>
    </Button>
  );
}
