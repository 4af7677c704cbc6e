import {
  EvidenceRef,
  FindingInstance,
  pipelinePostureEvidenceReadPermission,
} from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { CopyButton, ExternalLink } from '../parts';
import styles from './finding.module.css';

function Place({ evidence }: { evidence: EvidenceRef }) {
  const t = useText();
  const { location, url, field, observed, source } = evidence;
  return (
    <li lang="en">
      <code>{source}</code>
      {field && (
        <>
          {' · '}
          <mark>
            <code>
              {field}
              {observed !== undefined && `: ${observed}`}
            </code>
          </mark>{' '}
          ({t('finding.evidenceField')})
        </>
      )}
      {!field && observed !== undefined && (
        <>
          {' · '}
          <code>{observed}</code>
        </>
      )}
      {location && (
        <>
          {' · '}
          {location.repository}{' '}
          {location.line
            ? t('finding.line', {
                file: location.file,
                line: String(location.line),
              })
            : location.file}
        </>
      )}
      {url && (
        <>
          {' · '}
          <ExternalLink href={url} label={t('finding.openHere')} />
        </>
      )}
    </li>
  );
}

/** Where a result comes from, so that somebody else can look at the same. */
export function Evidence(props: {
  instances: readonly FindingInstance[];
  allowed: boolean;
  /** Hash by which the evidence package names the same. */
  sha256?: string;
}) {
  const t = useText();
  if (!props.allowed) {
    return (
      <p>
        <strong>{t('finding.evidenceDenied')}</strong>
        <br />
        {t('finding.evidenceDeniedText', {
          permission: pipelinePostureEvidenceReadPermission.name,
        })}
      </p>
    );
  }
  const places = new Map(
    props.instances
      .flatMap(({ evidence }) => evidence)
      .map(evidence => [JSON.stringify(evidence), evidence]),
  );
  if (places.size === 0) return <p>{t('finding.evidenceNone')}</p>;
  const { sha256 } = props;
  return (
    <>
      <ul className={styles.evidence}>
        {[...places].map(([key, evidence]) => (
          <Place key={key} evidence={evidence} />
        ))}
      </ul>
      <div className={styles.hash}>
        {sha256 && (
          <span>
            SHA-256 <code title={sha256}>{`${sha256.slice(0, 12)}…`}</code>
          </span>
        )}
        <CopyButton
          text={() =>
            JSON.stringify({ sha256, evidence: [...places.values()] }, null, 2)
          }
          label={t('finding.copyEvidence')}
        />
      </div>
    </>
  );
}
