import { Link } from '@backstage/ui';
import { ReactNode } from 'react';
import { useAsOf } from '../../hooks/useAsOf';
import { usePage } from '../../hooks/usePage';
import { useText } from '../../hooks/useText';
import { When } from '../marks';
import { Result } from '../posture/results';
import { Effect } from './Effect';
import { Evidence } from './Evidence';
import { FindingActions } from './FindingActions';
import { FindingTimeline } from './FindingTimeline';
import { Observations } from './Observations';
import { Remedies } from './Remedies';
import { UnknownAdvice } from './UnknownAdvice';
import styles from './finding.module.css';

/** What a detail needs beside the result itself. */
export interface FindingSurroundings {
  /** Score of the pipeline, for the effect of a fix. */
  score?: number;
  cap?: { grade: string; controlId: string };
  collectedAt?: string;
  may: { seeEvidence: boolean; checkAgain: boolean };
  /** Entities for whose pipelines together an exemption can be asked. */
  entityRefs?: readonly string[];
  /** Called after somebody has asked for an exemption. */
  onRequested?: () => void;
  /** Address of the page with this finding open. */
  address: () => string;
  onCheckAgain: (result: Result) => Promise<void>;
}

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Leads to the page of a control, where its frameworks and other pipelines are. */
function AboutControl({ id }: { id: string }) {
  const t = useText();
  const { keep } = useAsOf();
  const page = usePage();
  if (page === undefined) return null;
  return (
    <p>
      <Link href={keep(`${page}/controls/${id}`)}>
        {t('finding.aboutControl')}
      </Link>
    </p>
  );
}

/** Everything about one result: what was seen, what is expected, why, who acts, how, and what it brings. */
export function FindingDetail(props: {
  result: Result;
  surroundings: FindingSurroundings;
}) {
  const t = useText();
  const { result, surroundings } = props;
  const { finding, control, status } = result;
  const instances = finding?.instances ?? [];
  const open = status === 'fail' || status === 'unknown' || status === 'exempt';
  const expected = [...new Set(instances.map(one => one.expected))].filter(
    Boolean,
  );
  const fix = control?.remediation[result.provider];
  return (
    <>
      <dl className={styles.detail}>
        <Item term={t('finding.observed')}>
          {instances.length > 0 ? (
            <Observations instances={instances} />
          ) : (
            <p>
              {t(
                status === 'not-applicable'
                  ? 'finding.notApplicableWithoutReason'
                  : 'finding.passes',
              )}
            </p>
          )}
        </Item>
        {expected.length > 0 && (
          <Item term={t('finding.expected')}>
            {expected.map(one => (
              <p key={one} lang="en">
                {one}
              </p>
            ))}
          </Item>
        )}
        {control && (
          <Item term={t('finding.why')}>
            <p lang="en">{control.why}</p>
          </Item>
        )}
        {open && finding && (
          <Item term={t('finding.who')}>
            <p>{t('finding.mustAct', { who: t(`actor.${finding.actor}`) })}</p>
          </Item>
        )}
        {status === 'unknown' && (
          <Item term={t('finding.whatToDo')}>
            <UnknownAdvice instances={instances} />
          </Item>
        )}
        {open && fix && (
          <Item term={t('finding.fix')}>
            <Remedies remediation={fix} provider={result.provider} />
          </Item>
        )}
        {open && finding && (
          <Item term={t('finding.effect')}>
            <Effect result={result} finding={finding} {...surroundings} />
            {finding.alsoFixes !== undefined && finding.alsoFixes > 0 && (
              <p>{t('finding.alsoFixes', { count: finding.alsoFixes })}</p>
            )}
          </Item>
        )}
        {finding && (
          <Item term={t('finding.evidence')}>
            {surroundings.collectedAt && (
              <p>
                {t('finding.evidenceRead', {
                  when: <When at={surroundings.collectedAt} />,
                })}
              </p>
            )}
            <Evidence
              instances={instances}
              allowed={surroundings.may.seeEvidence}
              sha256={finding.evidenceSha256}
            />
          </Item>
        )}
        {control && (
          <Item term={t('finding.measure')}>
            <p lang="en">{control.measure}</p>
            <AboutControl id={control.id} />
          </Item>
        )}
      </dl>
      <FindingTimeline result={result} />
      <FindingActions result={result} surroundings={surroundings} />
    </>
  );
}
