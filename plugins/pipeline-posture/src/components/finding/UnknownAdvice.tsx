import { FindingInstance } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { CopyButton } from '../parts';

/** What somebody has to do so that a control can be checked. */
export function UnknownAdvice(props: {
  instances: readonly FindingInstance[];
}) {
  const t = useText();
  const reasons = new Map(
    props.instances.flatMap(({ reason }) =>
      reason ? [[`${reason.action}|${reason.permission}`, reason]] : [],
    ),
  );
  return (
    <ul>
      {[...reasons.values()].map(reason => (
        <li key={`${reason.action}|${reason.permission}`}>
          <strong>{t(`actor.${reason.actor}`)}:</strong>{' '}
          <span lang="en">{reason.action}</span>
          {reason.permission && (
            <>
              <br />
              {t('finding.missingPermission')}: <code>{reason.permission}</code>{' '}
              <CopyButton
                text={() => reason.permission ?? ''}
                label={t('copy')}
              />
            </>
          )}
          {reason.call && (
            <>
              <br />
              <code>{reason.call}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
