export const DAY_MS = 24 * 3600_000;

/** The day of a time, UTC. */
export const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** The last moment of a day, UTC, as texts of times compare. */
export const endOf = (day: string) => `${day}T23:59:59.999Z`;

/** The day some days later, or earlier. */
export const dayAfter = (day: string, days = 1) =>
  dayOf(new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS));
