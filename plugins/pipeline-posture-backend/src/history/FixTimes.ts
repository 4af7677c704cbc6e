import { Knex } from 'knex';
import {
  ChangeCause,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { DAY_MS } from './days';
import { RULE_CHANGES } from './HistoryStore';

/** Fixes of so many days count. */
export const FIXED_WITHIN_DAYS = 90;

const PAGE = 5000;
/** Replicas write at once, so entries may appear a little after ones with higher numbers. */
const LATE_MS = 10 * 60_000;

interface Entry {
  id: number;
  at: string;
  pipeline_id: string;
  cause: ChangeCause;
  transitions: string;
}

/** One finding that was fixed. */
export interface Fix {
  pipelineId: string;
  controlId: string;
  /** Milliseconds since 1970. */
  at: number;
  days: number;
}

/**
 * How long findings took from failing to passing, from the ledger, which only grows: each question reads what was added
 * since the last.
 *
 * Unknown in between does not end it. A result that ended by another rule, or because the pipeline or the control went
 * away, was not fixed. What failed when its pipeline was first read counts from then.
 */
export class FixTimes {
  readonly #knex: Knex;
  readonly #now: () => Date;
  /** Since when controls fail, by pipeline and control. */
  readonly #failing = new Map<string, Map<string, string>>();
  /** When pipelines were first read, for what failed from the beginning. */
  readonly #added = new Map<string, string>();
  /** Entries that were taken in, among those that may still get late neighbours. */
  #recent = new Map<number, string>();
  #settled = 0;
  #fixes: Fix[] = [];
  /** Found by a reading that has not come to its end, also where that failed. */
  #found: Fix[] = [];
  #version = 0;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(options: { knex: Knex; now: () => Date }) {
    this.#knex = options.knex;
    this.#now = options.now;
  }

  /** Fixes of the last {@link FIXED_WITHIN_DAYS} days. The same list for as long as nothing is added. */
  async recent(): Promise<readonly Fix[]> {
    const read = this.#reading.then(
      () => this.#read(),
      () => this.#read(),
    );
    this.#reading = read.catch(() => {});
    await read;
    return this.#fixes;
  }

  /** Another one whenever {@link recent} gives another list. */
  get version(): number {
    return this.#version;
  }

  async #read(): Promise<void> {
    const now = this.#now().getTime();
    for (let after = this.#settled; ; ) {
      const page: Entry[] = await this.#knex('changes')
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .select('id', 'at', 'pipeline_id', 'cause', 'transitions');
      for (const entry of page) {
        if (this.#recent.has(entry.id)) continue;
        this.#recent.set(entry.id, entry.at);
        this.#found.push(...this.#take(entry));
      }
      if (page.length < PAGE) break;
      after = page[page.length - 1].id;
    }
    this.#settle(new Date(now - LATE_MS).toISOString());
    const since = now - FIXED_WITHIN_DAYS * DAY_MS;
    const isOld = this.#fixes.some(({ at }) => at < since);
    if (this.#found.length === 0 && !isOld) return;
    this.#fixes = [...this.#fixes, ...this.#found].filter(
      ({ at }) => at >= since,
    );
    this.#found = [];
    this.#version += 1;
  }

  /** Forgets entries that cannot get late neighbours any more. */
  #settle(before: string) {
    for (const [id, at] of this.#recent) {
      if (at >= before) continue;
      this.#settled = Math.max(this.#settled, id);
    }
    for (const id of this.#recent.keys())
      if (id <= this.#settled) this.#recent.delete(id);
  }

  #take(entry: Entry): Fix[] {
    const { pipeline_id: pipelineId, at, cause } = entry;
    if (cause === 'pipeline-added') this.#added.set(pipelineId, at);
    if (cause === 'pipeline-added' || cause === 'pipeline-gone')
      this.#failing.delete(pipelineId);
    const failing = this.#failing.get(pipelineId) ?? new Map<string, string>();
    this.#failing.set(pipelineId, failing);
    const transitions: Transition[] = JSON.parse(entry.transitions);
    const fixes = transitions.flatMap(({ controlId, from, to }) => {
      if (from === 'fail' && !failing.has(controlId)) {
        const added = this.#added.get(pipelineId);
        if (added) failing.set(controlId, added);
      }
      if (to === 'fail' && from !== 'fail' && !failing.has(controlId))
        failing.set(controlId, at);
      if (to === 'fail' || to === 'unknown') return [];
      const since = failing.get(controlId);
      failing.delete(controlId);
      if (to !== 'pass' || !since || RULE_CHANGES.has(cause)) return [];
      const time = Date.parse(at);
      const days = Math.max(0, time - Date.parse(since)) / DAY_MS;
      return [{ pipelineId, controlId, at: time, days }];
    });
    if (failing.size === 0) this.#failing.delete(pipelineId);
    return fixes;
  }
}

/** The middle of some numbers; undefined without any. */
export function medianOf(numbers: readonly number[]): number | undefined {
  if (numbers.length === 0) return undefined;
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? sorted[half]
    : (sorted[half - 1] + sorted[half]) / 2;
}
