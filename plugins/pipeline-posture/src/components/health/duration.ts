import { RunView } from 'backstage-plugin-pipeline-posture-common';

/** How long a run took, in words; undefined while it runs. */
export function durationOf(
  { startedAt, finishedAt }: Pick<RunView, 'startedAt' | 'finishedAt'>,
  locale: string,
): string | undefined {
  if (!finishedAt) return undefined;
  const seconds =
    (new Date(finishedAt).getTime() - new Date(startedAt).getTime()) / 1000;
  const say = (value: number, unit: 'second' | 'minute') =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: seconds < 10 ? 1 : 0,
    }).format(value);
  if (seconds < 60) return say(seconds, 'second');
  const rest = Math.round(seconds % 60);
  const minutes = say(Math.floor(seconds / 60), 'minute');
  return rest === 0 ? minutes : `${minutes} ${say(rest, 'second')}`;
}
