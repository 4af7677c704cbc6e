import { Link } from '@backstage/ui';
import { ExemptionDetail } from 'backstage-plugin-pipeline-posture-common';
import { useAsOf } from '../../hooks/useAsOf';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { Evidence } from '../finding/Evidence';
import finding from '../finding/finding.module.css';
import { Observations } from '../finding/Observations';
import { SeverityMark, StatusMark } from '../marks';
import { resultKey } from '../posture/results';
import styles from './exemptions.module.css';

/** What the control says where it is or would be tolerated, with the evidence. */
export function ExemptionFinding({ detail }: { detail: ExemptionDetail }) {
  const t = useText();
  const page = usePage();
  const { keep } = useAsOf();
  const { findings, seeEvidence } = detail;
  const more = (detail.findingCount ?? 0) - findings.length;
  if (findings.length === 0) return <p>{t('exemptions.panel.noFinding')}</p>;
  return (
    <>
      {findings.map(one => (
        <section
          key={one.pipelineId}
          className={styles.finding}
          aria-label={t('finding.region', {
            title: one.title,
            pipeline: one.pipelineName,
          })}
        >
          <div className={styles.head}>
            <StatusMark status={one.exempt ? 'exempt' : one.status} />
            <SeverityMark severity={one.severity} />
            {findings.length > 1 && <strong>{one.pipelineName}</strong>}
          </div>
          <dl className={finding.detail}>
            <dt>{t('finding.observed')}</dt>
            <dd>
              <Observations instances={one.instances} />
            </dd>
            <dt>{t('finding.expected')}</dt>
            <dd>
              {[...new Set(one.instances.map(({ expected }) => expected))]
                .filter(Boolean)
                .map(expected => (
                  <p key={expected} lang="en">
                    {expected}
                  </p>
                ))}
            </dd>
            <dt>{t('finding.evidence')}</dt>
            <dd>
              <Evidence
                instances={one.instances}
                allowed={seeEvidence}
                sha256={one.evidenceSha256}
              />
            </dd>
          </dl>
          {page !== undefined && (
            <Link
              href={keep(
                `${page}?${new URLSearchParams({
                  pipeline: one.pipelineId,
                  finding: resultKey(one),
                })}`,
              )}
            >
              {t('exemptions.panel.openFinding')}
            </Link>
          )}
        </section>
      ))}
      {more > 0 && <p>{t('exemptions.effect.more', { count: more })}</p>}
    </>
  );
}
