/** Chooses requests. Every field that is given must match. */
export interface RequestMatch {
  source?: 'azure-devops' | 'azure' | 'aws' | 'github';
  /** Exact operation name, or a prefix that ends in `*`: `iam:*`. */
  operation?: string;
  /** Azure DevOps project name or AWS account id that the request is about. */
  scope?: string;
  /** Part of the path and query. */
  urlIncludes?: string;
  /** Part of the request's body: AWS JSON names the resource there, not in the URL. */
  bodyIncludes?: string;
}

/** An answer that replaces the real one. */
export interface Fault {
  match: RequestMatch;
  /** How many matching requests it answers; without it, all. */
  times?: number;
  /** How many matching requests it lets through first. */
  after?: number;
  /**
   * - `deny`: no permission, as that cloud says it
   * - `unauthenticated`: the credential is refused, as that cloud says it
   * - `not-found`: as that cloud says it
   * - `throttle`: 429 / ThrottlingException, with `retryAfterSeconds`
   * - `slow-down`: the real answer on status 200, with rate-limit headers that ask for a pause
   * - `sign-in-page`: 203 with an HTML page
   * - `html`: 200 with an HTML page
   * - `server-error`: 500
   * - `cut-short`: the real answer, its body ending in the middle
   * - `hang-up`: the connection is closed without an answer
   * - `answer`: whatever `answer` says, for input that no cloud would send
   */
  kind:
    | 'deny'
    | 'unauthenticated'
    | 'not-found'
    | 'throttle'
    | 'slow-down'
    | 'sign-in-page'
    | 'html'
    | 'server-error'
    | 'cut-short'
    | 'hang-up'
    | 'answer';
  retryAfterSeconds?: number;
  answer?: { status: number; headers?: Record<string, string>; body: string };
}

/** The facts about one request that faults are matched with. */
export interface RequestFacts {
  source: 'azure-devops' | 'azure' | 'aws' | 'github';
  operation: string;
  scope?: string;
  url: string;
  body?: string;
}

function matches(match: RequestMatch, facts: RequestFacts): boolean {
  if (match.source && match.source !== facts.source) return false;
  if (match.scope && match.scope !== facts.scope) return false;
  if (match.urlIncludes && !facts.url.includes(match.urlIncludes)) return false;
  if (match.bodyIncludes && !facts.body?.includes(match.bodyIncludes)) {
    return false;
  }
  if (!match.operation) return true;
  return match.operation.endsWith('*')
    ? facts.operation.startsWith(match.operation.slice(0, -1))
    : match.operation === facts.operation;
}

/** How the estate behaves beyond its state: latency, faults and the clock. */
export class Behaviour {
  /** Added to every answer, in milliseconds. */
  latencyMs = 0;
  /** The estate's clock; a fixed one makes runs repeatable. */
  now: () => Date = () => new Date();
  #faults: Array<Fault & { seen: number }> = [];

  addFault(fault: Fault): void {
    this.#faults.push({ ...fault, seen: 0 });
  }

  clearFaults(): void {
    this.#faults = [];
  }

  /** The first fault that is due for this request, if any. Counts the request. */
  faultFor(facts: RequestFacts): Fault | undefined {
    for (const fault of this.#faults) {
      if (!matches(fault.match, facts)) continue;
      fault.seen += 1;
      const position = fault.seen - (fault.after ?? 0);
      if (position > 0 && position <= (fault.times ?? Infinity)) return fault;
    }
    return undefined;
  }
}
