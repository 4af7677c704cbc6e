import { Link } from '@backstage/ui';
import { EntityPosture } from 'backstage-plugin-pipeline-posture-common';
import { useText } from '../../hooks/useText';

/** Leads to the tab, filtered to what the link says. */
export function TabLink(props: { posture: EntityPosture; tab: string }) {
  const t = useText();
  const { posture, tab } = props;
  const fail = posture.summary?.counts.fail ?? 0;
  const unknown = posture.summary?.counts.unknown ?? 0;
  if (fail > 0) {
    return (
      <Link href={`${tab}?status=failing`}>
        {t('entity.card.viewFailing', { count: fail })}
      </Link>
    );
  }
  if (unknown > 0) {
    return (
      <Link href={`${tab}?status=unknown`}>
        {t('entity.card.viewUnknown', { count: unknown })}
      </Link>
    );
  }
  return (
    <Link href={tab}>
      {posture.summary ? t('entity.card.viewAll') : t('entity.card.open')}
    </Link>
  );
}
