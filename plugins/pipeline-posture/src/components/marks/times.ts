const STEPS: Array<{ unit: Intl.RelativeTimeFormatUnit; seconds: number }> = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
];

const DAYS_IN_WORDS = 7;

/** A day of the UTC calendar, `2026-11-21`, in words, whatever zone the viewer is in. */
export const dayOf = (day: string, locale: string) =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));

/** A day: `21 Nov 2026`. */
export const dateOf = (at: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(new Date(at));

/**
 * `2 hours ago`, `in 4 hours`; a date where it is more than a week away.
 *
 * @param at - ISO 8601
 */
export function relativeTime(at: string, now: Date, locale: string): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) > DAYS_IN_WORDS * 86_400) return dateOf(at, locale);
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const step = STEPS.find(({ seconds: size }) => Math.abs(seconds) >= size);
  return step
    ? words.format(Math.trunc(seconds / step.seconds), step.unit)
    : words.format(0, 'second');
}

/** The exact time in the viewer's zone, then in UTC. */
export function absoluteTime(at: string, locale: string): string {
  const date = new Date(at);
  const local = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(date);
  const utc = new Intl.DateTimeFormat(locale, {
    timeStyle: 'medium',
    timeZone: 'UTC',
  }).format(date);
  return `${local} (${utc} UTC)`;
}

/** Whole days since a time. */
export const daysSince = (at: string, now: Date) =>
  Math.floor((now.getTime() - new Date(at).getTime()) / 86_400_000);
