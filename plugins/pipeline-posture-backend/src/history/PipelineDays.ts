import { Knex } from 'knex';
import { SEVERITIES } from 'backstage-plugin-pipeline-posture-common';
import { severityOf, SHOWN, shownOf, unpackOutcomes } from '../fleet/outcome';
import { dayAfter, endOf } from './days';
import { pipelineSubject } from './HistoryStore';

/** Days that are kept, the last of them yesterday. */
export const DAYS_KEPT = 90;
/** So long ago lies what numbers of today are compared with. */
export const COMPARED_DAYS = 30;

/** Rows that are read at a time: other requests are answered in between. */
const PAGE = 10_000;
const PREFIX = pipelineSubject('');
const CRITICAL = SEVERITIES.indexOf('critical');
const FAIL = SHOWN.indexOf('fail');

/** A cell holds one more than the position in `COMPLIANCES`, and this if the pipeline was read on that day. */
const READ = 4;
const COMPLIANCE = 3;

/** What pipelines were at the end of each of the last days, in one byte each. */
export class DayTable {
  /** The first day; the table ends before the day it was made on. */
  readonly first: string;
  readonly #cells: Uint8Array;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #critical: ReadonlySet<string>;

  constructor(parts: {
    first: string;
    cells: Uint8Array;
    rows: ReadonlyMap<string, number>;
    critical: ReadonlySet<string>;
  }) {
    this.first = parts.first;
    this.#cells = parts.cells;
    this.#rows = parts.rows;
    this.#critical = parts.critical;
  }

  /** Counts each kind of compliance on each day, and how many were read. Nothing before a pipeline was first read. */
  count(pipelines: ReadonlyArray<{ id: string }>): {
    byCompliance: Uint32Array[];
    read: Uint32Array;
  } {
    const byCompliance = [0, 1, 2].map(() => new Uint32Array(DAYS_KEPT));
    const read = new Uint32Array(DAYS_KEPT);
    for (const { id } of pipelines) {
      const row = this.#rows.get(id);
      if (row === undefined) continue;
      const start = row * DAYS_KEPT;
      for (let day = 0; day < DAYS_KEPT; day++) {
        const cell = this.#cells[start + day];
        if (cell === 0) continue;
        byCompliance[(cell % READ) - 1][day] += 1;
        if (cell > COMPLIANCE) read[day] += 1;
      }
    }
    return { byCompliance, read };
  }

  /** Whether a critical control failed in a pipeline {@link COMPARED_DAYS} days before. */
  wasCritical(id: string): boolean {
    return this.#critical.has(id);
  }
}

interface SpanRow {
  subject: string;
  day: string;
  last_day: string;
  compliance: number;
}

const place = (first: string, day: string) =>
  Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000);

/**
 * What every pipeline was on each day that is over, in memory. Days that are over do not change, so it is read once a
 * day: 9 MB for 100,000 pipelines.
 */
export class PipelineDays {
  readonly #knex: Knex;
  #kept?: { today: string; table: Promise<DayTable> };

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The days before one. */
  before(today: string): Promise<DayTable> {
    if (this.#kept?.today === today) return this.#kept.table;
    const table = this.#load(today);
    this.#kept = { today, table };
    table.catch(() => {
      if (this.#kept?.table === table) this.#kept = undefined;
    });
    return table;
  }

  async #load(today: string): Promise<DayTable> {
    const first = dayAfter(today, -DAYS_KEPT);
    const rows = new Map<string, number>();
    let cells = new Uint8Array(1024 * DAYS_KEPT);
    for await (const span of this.#spans(first, today)) {
      const id = span.subject.slice(PREFIX.length);
      const row = rows.get(id) ?? rows.size;
      rows.set(id, row);
      const start = row * DAYS_KEPT;
      if (start + DAYS_KEPT > cells.length) {
        const more = new Uint8Array(cells.length * 2);
        more.set(cells);
        cells = more;
      }
      const from = Math.max(0, place(first, span.day));
      const to = Math.min(DAYS_KEPT, place(first, span.last_day) + 1);
      const compliance = span.compliance + 1;
      // What it was stays, also on days on which it was not read.
      cells.fill(compliance, start + from, start + DAYS_KEPT);
      cells.fill(compliance + READ, start + from, start + to);
    }
    const critical = await this.#critical(dayAfter(today, -COMPARED_DAYS));
    return new DayTable({ first, cells, rows, critical });
  }

  /** Spans of pipelines, those of one after the other, oldest first. */
  async *#spans(first: string, today: string): AsyncGenerator<SpanRow> {
    for (let last = ['', '']; ; ) {
      const page: SpanRow[] = await this.#knex('posture_daily')
        .where('subject', 'like', `${PREFIX}%`)
        .where('last_day', '>=', first)
        .where('day', '<', today)
        .whereRaw('(subject, day) > (?, ?)', last)
        .orderBy(['subject', 'day'])
        .limit(PAGE)
        .select('subject', 'day', 'last_day', 'compliance');
      yield* page;
      if (page.length < PAGE) return;
      const { subject, day } = page[page.length - 1];
      last = [subject, day];
    }
  }

  async #critical(day: string): Promise<Set<string>> {
    const found = new Set<string>();
    const still = (after: string) =>
      this.#knex('pipelines')
        .where('valid_from', '<=', day)
        .where(alive =>
          alive.whereNull('gone_at').orWhere('gone_at', '>', endOf(day)),
        )
        .where('id', '>', after);
    const was = (after: string) =>
      this.#knex('pipeline_versions')
        .where('from_day', '<=', day)
        .where('until_day', '>', day)
        .where('id', '>', after);
    for (const query of [still, was]) {
      for (let after = ''; ; ) {
        const page: Array<{ id: string; outcome: Buffer }> = await query(after)
          .orderBy('id')
          .limit(PAGE)
          .select('id', 'outcome');
        for (const { id, outcome } of page)
          if (failsCritical(outcome)) found.add(id);
        if (page.length < PAGE) break;
        after = page[page.length - 1].id;
      }
    }
    return found;
  }
}

function failsCritical(outcome: Buffer): boolean {
  for (const bits of unpackOutcomes(outcome))
    if (shownOf(bits) === FAIL && severityOf(bits) === CRITICAL) return true;
  return false;
}
