import { Link } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import { useText } from '../../hooks/useText';
import styles from './parts.module.css';

/** Sources give addresses; only those of the web become links. */
export function isWebAddress(address: string): boolean {
  try {
    return ['https:', 'http:'].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** A link out of Backstage that says where it goes. */
export function ExternalLink(props: {
  href: string;
  label: string;
  /** Where it goes: `Microsoft Learn`. */
  site?: string;
}) {
  const t = useText();
  if (!isWebAddress(props.href)) return <>{props.label}</>;
  return (
    <Link
      href={props.href}
      target="_blank"
      rel="noopener noreferrer"
      className={styles.link}
    >
      {props.label}{' '}
      <span className={styles.opens}>
        (
        {props.site
          ? t('finding.docs.opens', { site: props.site })
          : t('newTab')}
        )
      </span>
      <RiExternalLinkLine aria-hidden="true" size={14} />
    </Link>
  );
}
