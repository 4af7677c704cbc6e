import { ExemptionView } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useNow } from '../../hooks/useNow';
import { useAsOf } from '../../hooks/useAsOf';
import { useText } from '../../hooks/useText';
import { daysTo, shortDayOf, When } from '../marks';

/** How long an exemption still holds, or what ended it and when. */
export function TimeLeft({ exemption }: { exemption: ExemptionView }) {
  const t = useText();
  const now = useNow();
  const { asOf } = useAsOf();
  const { state, until, events } = exemption;
  if (state === 'waiting' || state === 'active') {
    const today = asOf ? new Date(`${asOf}T00:00:00Z`) : now;
    const count = daysTo(until, today);
    if (count <= 0) return <>{t('exemptions.left.last')}</>;
    return (
      <>
        {state === 'waiting'
          ? t('exemptions.left.asked', { count })
          : t('exemptions.left.days', { count })}
      </>
    );
  }
  const ended = events.at(-1)?.at ?? exemption.decidedAt;
  return (
    <>
      {t(`exemptions.left.${state}`, {
        when: ended ? <When at={ended} /> : '',
      })}
    </>
  );
}

/** From when until when it holds, or is asked to. */
export function Span({ exemption }: { exemption: ExemptionView }) {
  const t = useText();
  const locale = useLocale();
  const { events, until } = exemption;
  const date = shortDayOf(until, locale);
  const from = events.find(({ what }) => what === 'approved')?.at;
  return (
    <>
      {from
        ? t('exemptions.span', {
            from: shortDayOf(from.slice(0, 10), locale),
            until: date,
          })
        : t('exemptions.asked', { date })}
    </>
  );
}
