import {
  GroupRollUp,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { Link } from 'react-router-dom';
import { useControlTitles } from '../../hooks/useControlTitles';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { UrlState } from '../../hooks/useUrlState';
import { Panel } from '../parts';
import { isAboutResults, ListState } from '../pipelines/listState';
import styles from '../posture/posture.module.css';

const SHOWN = 3;

interface FixesOf {
  group: GroupRollUp;
  by: RollUpBy;
  /** The filters over which the group was counted. */
  url: UrlState<ListState>;
}

function Fixes({ group, by, url }: FixesOf) {
  const t = useText();
  const titles = useControlTitles();
  const page = usePage() ?? '';
  const fixes = [...group.failingControls]
    .sort((a, b) => b.gain * b.pipelines - a.gain * a.pipelines)
    .slice(0, SHOWN);
  if (fixes.length === 0) return <p>{t('fleet.noneFailing')}</p>;
  return (
    <ol className={styles.fixes}>
      {fixes.map(({ controlId, pipelines, gain }) => {
        const search = url.searchWith({
          [by]: [group.ref ?? ''],
          control: controlId,
          status: ['failing'],
          severity: [],
          dimension: [],
          page: 1,
          pipeline: '',
          finding: '',
        });
        return (
          <li key={controlId}>
            <Link className={styles.fix} to={`${page}${search}`}>
              <span className={styles.fixTitle} lang="en">
                {titles.get(controlId) ?? controlId}
              </span>
              <span className={styles.fixMeta}>
                {/* Those with certain other results are not all to which it leads. */}
                {!isAboutResults(url.state) && (
                  <span>
                    {t('groups.topFixes.pipelines', { count: pipelines })}
                  </span>
                )}
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
export function TopFixes(props: FixesOf) {
  const t = useText();
  return (
    <Panel heading={t('groups.topFixes.heading')}>
      <Fixes {...props} />
    </Panel>
  );
}
