import { StoredExemption } from './exemptionRows';
import { outlasted } from './queues';

const DAY_MS = 24 * 3600_000;
/** Days before its end on which people are reminded, nearest first. */
const REMINDERS = [3, 14];

/** An exemption whose people must be told that it ends in some days. */
export interface EndingExemption {
  exemption: StoredExemption;
  days: number;
  /** Which of the reminders it is. */
  step: number;
}

/**
 * Exemptions that end in 14 or in 3 days and whose people were not told yet.
 *
 * @param today - UTC
 * @param active - all that are in force: one that another outlasts is no news
 */
export function endingOn(
  today: string,
  active: readonly StoredExemption[],
): EndingExemption[] {
  const start = Date.parse(`${today}T00:00:00Z`);
  const extended = outlasted(active);
  return active.flatMap(exemption => {
    const days = Math.round(
      (Date.parse(`${exemption.until}T00:00:00Z`) - start) / DAY_MS,
    );
    const step = REMINDERS.find(reminder => days <= reminder);
    const told = exemption.remindedDays ?? Infinity;
    if (step === undefined || told <= step || extended.has(exemption.id))
      return [];
    return [{ exemption, days, step }];
  });
}
