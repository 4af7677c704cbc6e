/**
 * Changes of which it is remembered who knows; more may be told twice. As many as one change of rules makes in a large
 * fleet: they are gone through in order, so a shorter memory would have forgotten each before its turn comes again.
 */
const MOST = 100_000;

/**
 * Who knows of changes that not everybody could be told of, so that the next try repeats nothing. In memory: another
 * process may tell some of them twice.
 */
export class Deliveries {
  readonly #known = new Map<string, Set<string>>();

  /** Whether somebody has been told of a change. */
  has(eventId: string, who: string): boolean {
    return this.#known.get(eventId)?.has(who) ?? false;
  }

  /** Somebody has been told of changes. */
  note(eventIds: readonly string[], who: string): void {
    for (const id of eventIds) {
      const known = this.#known.get(id) ?? new Set();
      this.#known.set(id, known.add(who));
    }
    for (const [oldest] of this.#known) {
      if (this.#known.size <= MOST) return;
      this.#known.delete(oldest);
    }
  }

  /** Nobody will be told of these again. */
  forget(eventIds: readonly string[]): void {
    eventIds.forEach(id => this.#known.delete(id));
  }
}
