import {
  ExemptionEffect,
  ExemptionView,
} from 'backstage-plugin-pipeline-posture-common';
import { Text, useText } from '../../hooks/useText';

type Mark = ExemptionEffect['exempt'];

const markOf = (t: Text, { grade, score }: Mark) =>
  grade === 'not-graded'
    ? String(score)
    : t('exemptions.effect.mark', { letter: grade, score: String(score) });

/** What an exemption does to the score of one pipeline, in one sentence. */
export function effectText(
  t: Text,
  state: ExemptionView['state'],
  { exempt, counting }: ExemptionEffect,
): string {
  const from = markOf(t, counting);
  const to = markOf(t, exempt);
  if (from === to) return t('exemptions.effect.same', { score: to });
  return state === 'waiting'
    ? t('exemptions.effect.ifApproved', { from, to })
    : t('exemptions.effect.without', { from, to });
}

/** What an exemption does to scores: that of the weakest pipeline, and of how many more. */
export function ScoreEffect({ exemption }: { exemption: ExemptionView }) {
  const t = useText();
  const { effects = [], effectCount = effects.length, state } = exemption;
  const [weakest] = effects;
  if (!weakest) return <>{t('exemptions.effect.none')}</>;
  return (
    <>
      {effectText(t, state, weakest)}
      {effectCount > 1 && (
        <>
          {', '}
          {t('exemptions.effect.more', { count: effectCount - 1 })}
        </>
      )}
    </>
  );
}
