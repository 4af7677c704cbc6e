import { CallOutcome } from 'backstage-plugin-pipeline-posture-node';
import { IncomingHttpHeaders } from 'node:http';

/** How a source may be asked. */
export interface PacerOptions {
  /** Requests at the same time; Azure DevOps blocks on concurrency as well as on volume. */
  maxConcurrency: number;
  /** Longest pause that is waited for, in milliseconds. */
  maxWaitMs: number;
  now?: () => number;
  sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
}

const LONGEST_PAUSE_MS = 5 * 60_000;
/** Below this share of the budget, requests are spread out before the service delays them. */
const LOW_WATER = 0.1;
const SPREAD_MS = 250;

function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      signal?.removeEventListener('abort', abort);
      resolve();
    }
    function abort() {
      clearTimeout(timer);
      reject(signal?.reason ?? new Error('aborted'));
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Seconds or an HTTP date, as milliseconds from now. */
function retryAfterMs(
  value: string | undefined,
  now: number,
): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds)
    ? seconds * 1000
    : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

const first = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value[0] : value;

/**
 * Keeps one identity within what Azure DevOps allows it: a cap on requests at
 * the same time, and the pauses that it asks for, on answers that succeed as
 * well. Limits count per identity, so every host of a source shares one pacer.
 */
export class Pacer {
  /** Told how each request ended, for those who count. */
  onCall: (outcome: CallOutcome) => void = () => {};
  readonly #options: Required<PacerOptions>;
  #running = 0;
  #waiting: Array<() => void> = [];
  #notBefore = 0;
  #askedToSlowDownAt = -Infinity;

  static create(options: PacerOptions): Pacer {
    return new Pacer({ now: Date.now, sleep: sleepFor, ...options });
  }

  private constructor(options: Required<PacerOptions>) {
    this.#options = options;
  }

  /** True while the service has recently asked for a pause: a 401 then is throttling in disguise. */
  get recentlyThrottled(): boolean {
    return this.#options.now() - this.#askedToSlowDownAt < 60_000;
  }

  /** True if the next request would have to wait longer than may be waited. */
  get exhausted(): boolean {
    return this.#notBefore - this.#options.now() > this.#options.maxWaitMs;
  }

  /** Runs a request when its turn has come. */
  async run<T>(request: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#running >= this.#options.maxConcurrency) {
      await new Promise<void>(resolve => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      // Others may have been told to wait meanwhile, so look again after each pause.
      for (;;) {
        signal?.throwIfAborted();
        const pause = this.#notBefore - this.#options.now();
        if (pause <= 0 || this.exhausted) break;
        await this.#options.sleep(pause, signal);
      }
      return await request();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }

  /** Takes note of what an answer says about the limits, whatever its status. */
  observe(headers: IncomingHttpHeaders): void {
    const now = this.#options.now();
    const retry = retryAfterMs(first(headers['retry-after']), now);
    const delay = Number(first(headers['x-ratelimit-delay']));
    const remaining = Number(first(headers['x-ratelimit-remaining']) ?? NaN);
    const limit = Number(first(headers['x-ratelimit-limit']) ?? NaN);
    let pause = retry;
    if (pause === undefined && Number.isFinite(delay) && delay > 0)
      pause = delay * 1000;
    if (pause !== undefined && pause > 0) {
      this.#askedToSlowDownAt = now;
    } else if (remaining < limit * LOW_WATER) {
      pause = SPREAD_MS;
    }
    if (pause !== undefined) this.pauseFor(Math.min(pause, LONGEST_PAUSE_MS));
  }

  /** Lets no request start for some time. */
  pauseFor(ms: number): void {
    this.#notBefore = Math.max(this.#notBefore, this.#options.now() + ms);
  }
}
