import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ExemptionEvent } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import styles from './exemptions.module.css';

/** Everything that happened to an exemption, oldest first. */
export function ExemptionEvents(props: { events: readonly ExemptionEvent[] }) {
  const t = useText();
  return (
    <ol className={styles.events}>
      {props.events.map(({ what, at, by, comment }, i) => (
        <li key={i}>
          {t('exemptions.historyLine', {
            what: <strong>{t(`exemptions.event.${what}`)}</strong>,
            when: <When at={at} />,
            who: by ? (
              <EntityRefLink entityRef={by} hideIcon />
            ) : (
              t('exemptions.byItself')
            ),
          })}
          {comment && by && <blockquote>{comment}</blockquote>}
        </li>
      ))}
    </ol>
  );
}
