import { DayScore } from 'backstage-plugin-pipeline-posture-common';
import { useLocale } from '../../hooks/useLocale';
import { useText } from '../../hooks/useText';
import { shortDayOf } from '../marks';
import { moveOf } from './scoreMove';

/** How the score moved in the last thirty days, as arrow and words. Nothing where nothing can be compared. */
export function ScoreChange(props: { recent: readonly DayScore[] }) {
  const t = useText();
  const locale = useLocale();
  const move = moveOf(props.recent);
  if (!move) return null;
  const since = shortDayOf(move.since, locale);
  if (move.by === 0) return <span>{t('scoreChange.none', { since })}</span>;
  const count = Math.abs(move.by);
  return (
    <span>
      <span aria-hidden="true">{move.by > 0 ? '▲' : '▼'} </span>
      {move.by > 0
        ? t('scoreChange.up', { count, since })
        : t('scoreChange.down', { count, since })}
    </span>
  );
}
