import {
  GroupRollUp,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { useAsOf } from '../../hooks/useAsOf';
import { useControlTitles } from '../../hooks/useControlTitles';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { Panel } from '../parts';
import styles from '../posture/posture.module.css';

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

/** What a group should do first. */
export function TopFixes({ group, by }: { group: GroupRollUp; by: RollUpBy }) {
  const t = useText();
  return (
    <Panel heading={t('groups.topFixes.heading')}>
      <Fixes group={group} by={by} />
    </Panel>
  );
}
