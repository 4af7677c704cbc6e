import { FindingInstance } from 'backstage-plugin-pipeline-posture-common';
import { useState } from 'react';
import { Button } from '@backstage/ui';
import { useText } from '../../hooks/useText';
import { ExternalLink } from '../parts';
import { StatusMark } from '../marks';
import styles from './finding.module.css';

const SHOWN_AT_FIRST = 5;

/** What was seen on each thing of the pipeline, worst first. */
export function Observations(props: { instances: readonly FindingInstance[] }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const { instances } = props;
  const shown = all ? instances : instances.slice(0, SHOWN_AT_FIRST);
  const mixed = new Set(instances.map(({ status }) => status)).size > 1;
  return (
    <>
      <ul className={styles.observations}>
        {shown.map((instance, i) => (
          <li key={i}>
            {mixed && <StatusMark status={instance.status} />}{' '}
            <span lang="en">
              {instances.length > 1 && <strong>{instance.subject}: </strong>}
              {instance.observed}
            </span>{' '}
            {instance.url && (
              <ExternalLink href={instance.url} label={t('finding.openHere')} />
            )}
          </li>
        ))}
      </ul>
      {shown.length < instances.length && (
        <Button size="small" variant="tertiary" onPress={() => setAll(true)}>
          {t('finding.more', { count: instances.length - shown.length })}
        </Button>
      )}
    </>
  );
}
