/** More than any real pipeline has. Each limit is that of Azure Pipelines or below. */
export interface ExpansionLimits {
  maxNodes: number;
  maxFiles: number;
  maxDepth: number;
}

export const DEFAULT_LIMITS: ExpansionLimits = {
  maxNodes: 200_000,
  maxFiles: 100,
  maxDepth: 50,
};

const MAX_NESTING = 300;

/** The pipeline grows beyond the limits. */
export class ExpansionLimitError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExpansionLimitError';
  }
}

/** Counts what an expansion comes to. Each method throws ExpansionLimitError beyond its limit. */
export class Budget {
  readonly #limits: ExpansionLimits;
  #nodes = 0;
  /** Files that were included: each counts once, however often. */
  readonly #included = new Set<string>();
  #depth = 0;
  /** Templates that are being included right now, to see circles. */
  readonly #open: string[] = [];

  constructor(limits: ExpansionLimits) {
    this.#limits = limits;
  }

  count(): void {
    this.#nodes += 1;
    if (this.#nodes > this.#limits.maxNodes) {
      throw new ExpansionLimitError(
        `it grows beyond ${this.#limits.maxNodes} values`,
      );
    }
  }

  /** Does something one level further down. */
  deeper<T>(work: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_NESTING)
      throw new ExpansionLimitError('it is nested too deeply');
    try {
      return work();
    } finally {
      this.#depth -= 1;
    }
  }

  isOpen(template: string): boolean {
    return this.#open.includes(template);
  }

  /** Does something within a template. */
  within<T>(template: string, work: () => T): T {
    if (this.#open.length >= this.#limits.maxDepth) {
      throw new ExpansionLimitError(
        `templates are nested more than ${this.#limits.maxDepth} deep`,
      );
    }
    this.#included.add(template);
    if (this.#included.size > this.#limits.maxFiles) {
      throw new ExpansionLimitError(
        `it includes more than ${this.#limits.maxFiles} templates`,
      );
    }
    this.#open.push(template);
    try {
      return work();
    } finally {
      this.#open.pop();
    }
  }
}
