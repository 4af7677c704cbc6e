import { LoggerService } from '@backstage/backend-plugin-api';
import {
  PipelineRef,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';

/** Events of one change come in a burst; one reading after it sees all. */
const SETTLE_MS = 1_000;
/** A pipeline that changes all the time is read this often, and once more after the last change. */
const AT_MOST_EVERY_MS = 30_000;
const CHECKS_PER_MINUTE = 60;
const AT_ONCE = 4;
/** What does not fit is left to the schedule. */
const MOST_WAITING = 1_000;
const TICK_MS = 250;

/** Limits that a test can make smaller. */
export interface RecheckLimits {
  settleMs?: number;
  atMostEveryMs?: number;
  checksPerMinute?: number;
}

/**
 * Pipelines that wait to be read again because something happened. Many events about one pipeline are one reading;
 * a flood is read at a steady pace, and what is beyond it waits for the schedule.
 */
export class RecheckQueue {
  readonly #check: (ref: PipelineRef) => Promise<unknown>;
  readonly #logger: LoggerService;
  readonly #limits: Required<RecheckLimits>;
  readonly #waiting = new Map<string, { ref: PipelineRef; dueAt: number }>();
  readonly #checkedAt = new Map<string, number>();
  #started: number[] = [];
  #going = 0;
  #overflowed = false;
  #timer?: NodeJS.Timeout;

  constructor(options: {
    check: (ref: PipelineRef) => Promise<unknown>;
    logger: LoggerService;
    limits?: RecheckLimits;
  }) {
    this.#check = options.check;
    this.#logger = options.logger;
    this.#limits = {
      settleMs: SETTLE_MS,
      atMostEveryMs: AT_MOST_EVERY_MS,
      checksPerMinute: CHECKS_PER_MINUTE,
      ...options.limits,
    };
  }

  start(): void {
    this.#timer = setInterval(() => this.#work(), TICK_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#waiting.clear();
  }

  /** Has pipelines read soon. @returns how many were taken, now or before */
  add(refs: readonly PipelineRef[]): number {
    let taken = 0;
    for (const ref of refs) {
      const id = stringifyPipelineRef(ref);
      if (this.#waiting.has(id)) taken += 1;
      else if (this.#waiting.size < MOST_WAITING) {
        const next =
          (this.#checkedAt.get(id) ?? -Infinity) + this.#limits.atMostEveryMs;
        const dueAt = Math.max(Date.now() + this.#limits.settleMs, next);
        this.#waiting.set(id, { ref, dueAt });
        taken += 1;
      }
    }
    if (taken < refs.length && !this.#overflowed) {
      this.#overflowed = true;
      this.#logger.warn(
        `More than ${MOST_WAITING} pipelines wait to be read after events; the others are read when their turn comes`,
      );
    }
    return taken;
  }

  #work() {
    const now = Date.now();
    this.#started = this.#started.filter(at => now - at < 60_000);
    for (const [id, { ref, dueAt }] of this.#waiting) {
      if (this.#going >= AT_ONCE) return;
      if (this.#started.length >= this.#limits.checksPerMinute) return;
      if (dueAt > now) continue;
      this.#waiting.delete(id);
      this.#started.push(now);
      this.#run(id, ref);
    }
    if (this.#waiting.size === 0) {
      this.#overflowed = false;
      this.#forget(now);
    }
  }

  async #run(id: string, ref: PipelineRef): Promise<void> {
    this.#going += 1;
    this.#checkedAt.set(id, Date.now());
    try {
      await this.#check(ref);
    } catch (error) {
      this.#logger.warn('A pipeline could not be read after an event', {
        error: error instanceof Error ? error.name : 'unexpected error',
      });
    } finally {
      this.#going -= 1;
    }
  }

  #forget(now: number) {
    for (const [id, at] of this.#checkedAt)
      if (now - at > this.#limits.atMostEveryMs) this.#checkedAt.delete(id);
  }
}
