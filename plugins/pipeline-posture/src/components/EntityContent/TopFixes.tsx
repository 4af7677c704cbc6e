import { useApi } from '@backstage/core-plugin-api';
import {
  GroupRollUp,
  pipelinePostureFindingReadPermission,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { pipelinePostureApiRef } from '../../api';
import { useAnswer } from '../../hooks/useAnswer';
import { useAsOf } from '../../hooks/useAsOf';
import { useControlTitles } from '../../hooks/useControlTitles';
import { useLocale } from '../../hooks/useLocale';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { percentOf } from '../fleet';
import { Panel, Waiting } from '../parts';
import { Failure } from '../states';
import styles from '../posture/posture.module.css';

const SHAPE = [140];
const SHOWN = 3;

function Fixes({ group, by }: { group: GroupRollUp; by: RollUpBy }) {
  const t = useText();
  const { keep } = useAsOf();
  const titles = useControlTitles();
  const page = usePage() ?? '';
  const fixes = [...group.failingControls]
    .sort((a, b) => b.gain * b.pipelines - a.gain * a.pipelines)
    .slice(0, SHOWN);
  if (fixes.length === 0) return <p>{t('fleet.noneFailing')}</p>;
  return (
    <ol className={styles.fixes}>
      {fixes.map(({ controlId, pipelines, gain }) => {
        const search = new URLSearchParams({
          [by]: group.ref ?? '',
          control: controlId,
          status: 'failing',
        });
        return (
          <li key={controlId}>
            <Link className={styles.fix} to={keep(`${page}?${search}`)}>
              <span className={styles.fixTitle} lang="en">
                {titles.get(controlId) ?? controlId}
              </span>
              <span className={styles.fixMeta}>
                <span>
                  {t('groups.topFixes.pipelines', { count: pipelines })}
                </span>
                {gain > 0 && (
                  <span>
                    {t('groups.topFixes.gain', { count: Math.floor(gain) })}
                  </span>
                )}
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}

/** How a group does in one sentence, and what it should do first. */
export function TopFixes(props: { by: RollUpBy; groupRef: string }) {
  const t = useText();
  const locale = useLocale();
  const { asOf } = useAsOf();
  const api = useApi(pipelinePostureApiRef);
  const { by, groupRef } = props;
  const { value, error, reload } = useAnswer(
    `${by}:${groupRef}:${asOf}`,
    signal => api.getRollUps(by, { signal }, { [by]: [groupRef], asOf }),
    { keep: true },
  );
  if (error && !value) {
    return (
      <Failure
        part
        error={error}
        permission={pipelinePostureFindingReadPermission.name}
        onRetry={reload}
      />
    );
  }
  if (!value) return <Waiting heights={SHAPE} />;
  const group = value.find(({ ref }) => ref === groupRef);
  if (!group) return null;
  const { compliant, unknown } = group.byCompliance;
  return (
    <Panel heading={t('groups.topFixes.heading')}>
      <p>
        {t('groups.topFixes.share', {
          compliant: String(compliant),
          all: String(group.entities),
          percent: percentOf(compliant, group.entities, locale),
        })}{' '}
        {unknown > 0 && t('groups.topFixes.unknown', { count: unknown })}
      </p>
      <Fixes group={group} by={by} />
    </Panel>
  );
}
