/** One request that the estate answered. */
export interface EstateCall {
  /** Which of the local services answered. */
  source: 'azure-devops' | 'azure' | 'aws' | 'github';
  /**
   * The operation in the words of its cloud: `build.definitions.list` for
   * Azure DevOps, `codepipeline:GetPipeline` for AWS.
   */
  operation: string;
  method: string;
  /** Path and query as received, without the host. */
  url: string;
  status: number;
  /** AWS account or Azure DevOps organisation that the caller was let into. */
  scope?: string;
  /** Milliseconds since the epoch, by the estate's clock. */
  at: number;
}

/** Counts what clients asked for, so that tests and benchmarks can hold a plan to its cost. */
export class CallLog {
  #calls: EstateCall[] = [];

  record(call: EstateCall): void {
    this.#calls.push(call);
  }

  all(): readonly EstateCall[] {
    return this.#calls;
  }

  /** How many calls were made, of one operation or of all. */
  count(operation?: string): number {
    return operation
      ? this.#calls.filter(call => call.operation === operation).length
      : this.#calls.length;
  }

  /** Number of calls by operation, most frequent first. */
  byOperation(): Record<string, number> {
    const counts = new Map<string, number>();
    for (const { operation } of this.#calls) {
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
    }
    return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
  }

  reset(): void {
    this.#calls = [];
  }
}
