import {
  ScopeView,
  SourceHealth,
} from 'backstage-plugin-pipeline-posture-common';
import { useMemo } from 'react';
import { useText } from '../../hooks/useText';
import { CopyButton, Panel } from '../parts';
import { Trouble, troublesOf } from './problems';
import styles from './health.module.css';

function One({ trouble }: { trouble: Trouble }) {
  const t = useText();
  const { reason, effects, subjects, scopes } = trouble;
  return (
    <li className={styles.trouble}>
      <h3 lang="en">{reason.message}</h3>
      <p>
        <strong>{t(`actor.${reason.actor}`)}:</strong>{' '}
        <span lang="en">{reason.action}</span>
      </p>
      {reason.permission && (
        <p>
          {t('health.missing.permission')}: <code>{reason.permission}</code>{' '}
          <CopyButton
            text={() => reason.permission ?? ''}
            label={t('health.missing.copy')}
          />
        </p>
      )}
      <ul lang="en">
        {effects.map(effect => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <p>
        {t('health.missing.sources')}: {scopes.join(', ')}.{' '}
        {t('health.missing.affects', { count: subjects.length })}{' '}
        <span lang="en">{subjects.join(', ')}</span>
      </p>
    </li>
  );
}

/** What could not be read, what that does, and the smallest grant that mends it. */
export function TroublesPanel(props: {
  scopes: readonly ScopeView[];
  sources: readonly SourceHealth[];
}) {
  const t = useText();
  const { scopes, sources } = props;
  const troubles = useMemo(
    () => troublesOf(scopes, sources),
    [scopes, sources],
  );
  return (
    <Panel heading={t('health.missing.heading')}>
      {troubles.length === 0 ? (
        <p>{t('health.missing.none')}</p>
      ) : (
        <ul className={styles.troubles}>
          {troubles.map(trouble => (
            <One key={trouble.key} trouble={trouble} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
