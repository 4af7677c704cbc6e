import { useText } from '../../hooks/useText';
import { CopyButton } from './CopyButton';
import styles from './parts.module.css';

/** Code to read and copy. It scrolls inside itself, also by keyboard. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const t = useText();
  return (
    <div className={styles.code}>
      <pre tabIndex={0} role="region" aria-label={label} lang="en">
        <code>{code}</code>
      </pre>
      <CopyButton text={() => code} label={t('finding.copyCode')} />
    </div>
  );
}
