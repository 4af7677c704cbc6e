import { Knex } from 'knex';
import { SEVERITIES } from 'backstage-plugin-pipeline-posture-common';
import { severityOf, SHOWN, shownOf, unpackOutcomes } from '../fleet/outcome';
import { dayAfter, endOf } from './days';
import { pipelineSubject } from './HistoryStore';

/** Days in a table, the last of them the one before it was asked for. */
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
/** Tables that are kept: that of today, and of the days that were looked back from last. */
const MOST_TABLES = 3;

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

  /** Counts each kind of compliance on each day, and how many were read. Nothing on days on which a pipeline was not there. */
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
        if (cell % READ === 0) continue;
        byCompliance[(cell % READ) - 1][day] += 1;
        if (cell >= READ) read[day] += 1;
      }
    }
    return { byCompliance, read };
  }

  /** Whether a critical control failed in a pipeline {@link COMPARED_DAYS} days before. */
  wasCritical(id: string): boolean {
    return this.#critical.has(id);
  }
}

/** A pipeline from a day to before another one. */
interface Span {
  id: string;
  from: string;
  until: string;
}

interface VersionRow {
  id: string;
  from_day: string;
  /** In `pipelines`, when it went away. */
  until_day: string | null;
  compliance: number;
}

interface ReadRow {
  subject: string;
  day: string;
  last_day: string;
}

const place = (first: string, day: string) =>
  Math.round((Date.parse(day) - Date.parse(first)) / 86_400_000);

/** The rows of a table while it is filled. */
class Cells {
  readonly first: string;
  readonly rows = new Map<string, number>();
  cells = new Uint8Array(1024 * DAYS_KEPT);

  constructor(first: string) {
    this.first = first;
  }

  /** Notes something of each day of a span. What a pipeline was comes first, then when it was read. */
  note({ id, from, until }: Span, value: number) {
    const row = this.rows.get(id) ?? this.rows.size;
    this.rows.set(id, row);
    const start = row * DAYS_KEPT;
    if (start + DAYS_KEPT > this.cells.length) {
      const more = new Uint8Array(this.cells.length * 2);
      more.set(this.cells);
      this.cells = more;
    }
    const end = Math.min(DAYS_KEPT, place(this.first, until));
    for (let i = Math.max(0, place(this.first, from)); i < end; i++) {
      const cell = start + i;
      this.cells[cell] = value === READ ? this.cells[cell] | READ : value;
    }
  }
}

/**
 * What every pipeline was on each day that is over, in memory. Days that are over do not change, so it is read once a
 * day: 9 MB for 100,000 pipelines.
 */
export class PipelineDays {
  readonly #knex: Knex;
  readonly #kept = new Map<string, Promise<DayTable>>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The days before one. */
  before(day: string): Promise<DayTable> {
    const kept = this.#kept.get(day);
    const table = kept ?? this.#load(day);
    this.#kept.delete(day);
    this.#kept.set(day, table);
    if (kept) return kept;
    table.catch(() => {
      if (this.#kept.get(day) === table) this.#kept.delete(day);
    });
    if (this.#kept.size > MOST_TABLES) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    return table;
  }

  async #load(day: string): Promise<DayTable> {
    const first = dayAfter(day, -DAYS_KEPT);
    const table = new Cells(first);
    // What it was follows from the versions: much changes it that is no reading.
    for await (const { compliance, ...span } of this.#versions(first, day))
      table.note(span, compliance + 1);
    for await (const span of this.#daysRead(first, day)) table.note(span, READ);
    const critical = await this.#critical(dayAfter(day, -COMPARED_DAYS));
    const { rows, cells } = table;
    return new DayTable({ first, cells, rows, critical });
  }

  /** As it is before as it was: what is archived meanwhile comes twice, and is the same. */
  async *#versions(
    first: string,
    before: string,
  ): AsyncGenerator<Span & { compliance: number }> {
    const still = () =>
      this.#knex('pipelines')
        .where('valid_from', '<', before)
        .where(alive =>
          alive.whereNull('gone_at').orWhere('gone_at', '>=', first),
        )
        .select('id', 'valid_from as from_day', 'gone_at as until_day');
    const was = () =>
      this.#knex('pipeline_versions')
        .where('until_day', '>', first)
        .where('from_day', '<', before)
        .select('id', 'from_day', 'until_day');
    for (const [query, day] of [
      [still, 'valid_from'],
      [was, 'from_day'],
    ] as const) {
      for (let last = ['', '']; ; ) {
        const page: VersionRow[] = await query()
          .whereRaw('(id, ??) > (?, ?)', [day, ...last])
          .orderBy(['id', day])
          .limit(PAGE)
          .select('compliance');
        for (const { id, compliance, from_day, until_day } of page) {
          const until = until_day?.slice(0, 10) ?? before;
          yield { id, compliance, from: from_day, until };
        }
        if (page.length < PAGE) break;
        const { id, from_day } = page[page.length - 1];
        last = [id, from_day];
      }
    }
  }

  /** Days on which pipelines were read. */
  async *#daysRead(first: string, before: string): AsyncGenerator<Span> {
    for (let last = ['', '']; ; ) {
      const page: ReadRow[] = await this.#knex('posture_daily')
        .where('subject', 'like', `${PREFIX}%`)
        .where('last_day', '>=', first)
        .where('day', '<', before)
        .whereRaw('(subject, day) > (?, ?)', last)
        .orderBy(['subject', 'day'])
        .limit(PAGE)
        .select('subject', 'day', 'last_day');
      for (const { subject, day, last_day } of page)
        yield {
          id: subject.slice(PREFIX.length),
          from: day,
          until: dayAfter(last_day),
        };
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
