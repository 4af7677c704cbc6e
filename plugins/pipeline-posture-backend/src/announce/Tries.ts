/** Failures in a row after which it is taken that nobody can be notified. */
const FEW = 3;

/** One pass over what must be told. */
export interface Pass {
  failedInARow: number;
  /** What it has warned of: one warning says as much as one for each owner. */
  warned: Set<string>;
}

export const newPass = (): Pass => ({ failedInARow: 0, warned: new Set() });

/**
 * Whom to notify first, and when to give up: where no backend takes notifications, asking for each owner again and again
 * only costs.
 */
export class Tries {
  /** When each owner failed last, by a number that grows. */
  readonly #failed = new Map<string, number>();
  #failures = 0;

  /** Whom it failed for the longest time ago comes first, so that those who always fail keep nobody waiting. */
  inOrder<T>(owners: Iterable<[string, T]>): Array<[string, T]> {
    const at = ([owner]: [string, T]) => this.#failed.get(owner) ?? 0;
    return [...owners].sort((a, b) => at(a) - at(b));
  }

  /** A new page of a pass begins: one more is tried, even if it was given up before. */
  beginPage(pass: Pass): void {
    pass.failedInARow = Math.min(pass.failedInARow, FEW - 1);
  }

  hasGivenUp({ failedInARow }: Pass): boolean {
    return failedInARow >= FEW;
  }

  note(pass: Pass, owner: string, sent: boolean): void {
    pass.failedInARow = sent ? 0 : pass.failedInARow + 1;
    if (sent) this.#failed.delete(owner);
    else this.#failed.set(owner, ++this.#failures);
  }
}
