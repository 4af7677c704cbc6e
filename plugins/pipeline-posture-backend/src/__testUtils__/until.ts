import { setTimeout } from 'node:timers/promises';

/** How long a busy machine may take to get to what a test waits for. */
const PATIENCE_MS = 60_000;

/** Waits until something holds. @returns whether it came to hold; what a test expects afterwards says what was missing */
export async function until(
  holds: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await setTimeout(50);
  }
  return true;
}
