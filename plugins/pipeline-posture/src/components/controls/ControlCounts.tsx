import { Alert } from '@backstage/ui';
import { ControlDetail } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { percentOf } from '../fleet/percent';
import { StatusMark } from '../marks';
import { Panel } from '../parts';
import styles from './controls.module.css';

/** How the pipelines that the viewer may see do in one control. */
export function ControlCounts({ detail }: { detail: ControlDetail }) {
  const t = useText();
  const locale = useLocale();
  const { counts, preview } = detail;
  const shown = [
    { status: 'fail' as const, number: counts.fail },
    { status: 'unknown' as const, number: counts.unknown },
    { status: 'exempt' as const, number: counts.exempt },
    { status: 'pass' as const, number: counts.pass },
    { status: 'not-applicable' as const, number: counts.notApplicable },
  ];
  return (
    <Panel heading={t('controls.population', { count: counts.pipelines })}>
      {preview && (
        <Alert
          status="info"
          icon
          title={t('controls.preview', {
            count: preview.fail,
            all: String(preview.of),
          })}
          description={
            preview.unknown > 0
              ? t('controls.previewUnknown', { count: preview.unknown })
              : undefined
          }
        />
      )}
      <ul className={styles.counts}>
        {shown.map(({ status, number }) => (
          <li key={status}>
            <StatusMark status={status} />{' '}
            {t('fleet.ofAll', {
              number: String(number),
              percent: percentOf(number, counts.pipelines, locale),
            })}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
