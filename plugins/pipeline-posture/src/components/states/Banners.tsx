import { Alert } from '@backstage/ui';
import {
  EntityPosture,
  EntitySummary,
} from 'backstage-plugin-pipeline-posture-common';
import { ReactNode } from 'react';
import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { useText } from '../../hooks/useText';
import { absoluteTime, daysSince, When } from '../marks';
import { UnmatchedText } from './Unlinked';

/** The results are older than they should be. */
export function StaleBanner({ collectedAt }: { collectedAt: string }) {
  const t = useText();
  const locale = useLocale();
  const days = daysSince(collectedAt, useNow());
  return (
    <Alert
      status="warning"
      icon
      title={
        days > 0
          ? t('state.stale.title', { count: days })
          : t('state.stale.titleToday')
      }
      description={t('state.stale.text', {
        date: absoluteTime(collectedAt, locale),
      })}
    />
  );
}

/** Some annotations lead nowhere while others do not. */
export function UnmatchedBanner(props: {
  posture: Pick<EntityPosture, 'unmatched' | 'lastRunAt'>;
}) {
  const t = useText();
  const { unmatched, lastRunAt } = props.posture;
  return (
    <Alert
      status="warning"
      icon
      title={t('state.notFound.others', { count: unmatched.length })}
      description={unmatched.map(one => (
        <p key={`${one.annotation}=${one.value}`}>
          <UnmatchedText one={one} lastRunAt={lastRunAt} />
        </p>
      ))}
    />
  );
}

const HOUR = 3_600_000;

/** How often pipelines are read, in words, from when they were and will be. */
function intervalIn(
  { lastRunAt, nextCheckAt }: Pick<EntityPosture, 'lastRunAt' | 'nextCheckAt'>,
  locale: string,
): string | undefined {
  if (!lastRunAt || !nextCheckAt) return undefined;
  const hours = Math.round(
    (new Date(nextCheckAt).getTime() - new Date(lastRunAt).getTime()) / HOUR,
  );
  if (hours < 1) return undefined;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'hour',
    unitDisplay: 'long',
  }).format(hours);
}

/** There is nothing to do. */
export function AllPassingBanner(props: {
  summary: EntitySummary;
  posture: Pick<EntityPosture, 'lastRunAt' | 'nextCheckAt'>;
  action?: ReactNode;
}) {
  const t = useText();
  const locale = useLocale();
  const { summary, posture } = props;
  const interval = intervalIn(posture, locale);
  const when = <When at={summary.collectedAt} />;
  return (
    <Alert
      status="success"
      icon
      title={t('state.allPassing.title', { count: summary.counts.pass })}
      description={
        interval
          ? t('state.allPassing.text', { when, interval })
          : t('state.allPassing.textWithoutInterval', { when })
      }
      customActions={props.action}
    />
  );
}
