const STEPS: Array<{ unit: Intl.RelativeTimeFormatUnit; seconds: number }> = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
];

const DAYS_IN_WORDS = 7;

/** Making a formatter takes a hundred times as long as using it, so each is made once for a language. */
function kept<F>(make: (locale: string) => F): (locale: string) => F {
  const made = new Map<string, F>();
  return locale => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}

const dayFormat = kept(
  locale =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
);

const shortDayFormat = kept(
  locale =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }),
);

const dateFormat = kept(
  locale => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
);

const localFormat = kept(
  locale =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }),
);

const utcFormat = kept(
  locale =>
    new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone: 'UTC' }),
);

const relativeFormat = kept(
  locale => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
);

/** Makes the formatters of a language while there is nothing else to do, so that the first picture need not wait for them. */
export function prepareTimes(locale: string): void {
  for (const make of [dayFormat, shortDayFormat, dateFormat, localFormat])
    make(locale).format(0);
  utcFormat(locale).format(0);
  relativeFormat(locale).format(0, 'day');
}

/** A day of the UTC calendar, `2026-11-21`, in words, whatever zone the viewer is in. */
export const dayOf = (day: string, locale: string) =>
  dayFormat(locale).format(new Date(`${day}T00:00:00Z`));

/** The same, shorter: `21 Nov 2026`. */
export const shortDayOf = (day: string, locale: string) =>
  shortDayFormat(locale).format(new Date(`${day}T00:00:00Z`));

/** Whole days from today to a day of the UTC calendar; negative once it has passed. */
export const daysTo = (day: string, now: Date) =>
  Math.round(
    (Date.parse(`${day}T00:00:00Z`) -
      Date.parse(`${now.toISOString().slice(0, 10)}T00:00:00Z`)) /
      86_400_000,
  );

/** A day: `21 Nov 2026`. */
export const dateOf = (at: string, locale: string) =>
  dateFormat(locale).format(new Date(at));

/**
 * `2 hours ago`, `in 4 hours`; a date where it is more than a week away.
 *
 * @param at - ISO 8601
 */
export function relativeTime(at: string, now: Date, locale: string): string {
  const seconds = (new Date(at).getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) > DAYS_IN_WORDS * 86_400) return dateOf(at, locale);
  const words = relativeFormat(locale);
  const step = STEPS.find(({ seconds: size }) => Math.abs(seconds) >= size);
  return step
    ? words.format(Math.trunc(seconds / step.seconds), step.unit)
    : words.format(0, 'second');
}

/** The exact time in the viewer's zone, then in UTC. */
export function absoluteTime(at: string, locale: string): string {
  const date = new Date(at);
  return `${localFormat(locale).format(date)} (${utcFormat(locale).format(
    date,
  )} UTC)`;
}

/** Whole days since a time. */
export const daysSince = (at: string, now: Date) =>
  Math.floor((now.getTime() - new Date(at).getTime()) / 86_400_000);
