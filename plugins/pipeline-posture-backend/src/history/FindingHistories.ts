import { Knex } from 'knex';
import {
  FindingHistory,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { ResultRecord } from '../evaluation/assessment';
import { dayAfter, endOf } from './days';
import {
  intervalsOf,
  LatestResult,
  LedgerEntry,
  until,
} from './findingIntervals';
import { pipelineSubject } from './HistoryStore';

const MOST_GAPS = 20;

/** Days on which a pipeline was read, one after the other. */
interface DaysRead {
  day: string;
  last_day: string;
}

/** What one control said of one pipeline over time, from the ledger. Who may see the pipeline is decided before. */
export class FindingHistories {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param day - at whose end the answer stands; undefined for now */
  async of(
    pipelineId: string,
    controlId: string,
    day?: string,
  ): Promise<FindingHistory> {
    const spans = await this.#daysRead(pipelineId);
    const first = spans[0]?.day;
    const intervals = intervalsOf(await this.#entries(pipelineId, controlId), {
      latest: await this.#latest(pipelineId, controlId),
      ...(first && { since: `${first}T00:00:00.000Z` }),
    });
    const gaps = gapsBetween(spans);
    return {
      controlId,
      pipelineId,
      intervals: day === undefined ? intervals : until(intervals, endOf(day)),
      gaps: (day === undefined
        ? gaps
        : gaps.filter(({ from }) => from <= day)
      ).slice(0, MOST_GAPS),
      ...(day && { asOf: day }),
    };
  }

  async #entries(
    pipelineId: string,
    controlId: string,
  ): Promise<LedgerEntry[]> {
    const rows: Array<
      Omit<LedgerEntry, 'transition'> & { transitions: string }
    > = await this.#knex('changes')
      .where({ pipeline_id: pipelineId })
      .where(about =>
        about
          .whereIn('cause', ['pipeline-added', 'pipeline-gone'])
          .orWhere('transitions', 'like', `%"${controlId}"%`),
      )
      .orderBy('id')
      .select('at', 'cause', 'transitions');
    return rows.map(({ at, cause, transitions }) => ({
      at,
      cause,
      transition: (JSON.parse(transitions) as Transition[]).find(
        one => one.controlId === controlId,
      ),
    }));
  }

  async #latest(
    pipelineId: string,
    controlId: string,
  ): Promise<LatestResult | undefined> {
    const row = await this.#knex('pipelines')
      .where({ id: pipelineId })
      .whereNull('gone_at')
      .first('results');
    const found = (JSON.parse(row?.results ?? '[]') as ResultRecord[]).find(
      result => result.controlId === controlId,
    );
    return found && { status: found.status, exempt: found.exempt ?? false };
  }

  async #daysRead(pipelineId: string): Promise<DaysRead[]> {
    return this.#knex('posture_daily')
      .where({ subject: pipelineSubject(pipelineId) })
      .orderBy('day')
      .select('day', 'last_day');
  }
}

/** Whole days between those on which the pipeline was read, newest first. */
function gapsBetween(spans: readonly DaysRead[]): FindingHistory['gaps'] {
  return spans
    .flatMap(({ last_day }, i) => {
      const next = spans[i + 1]?.day;
      const from = dayAfter(last_day);
      return next !== undefined && from < next
        ? [{ from, to: dayAfter(next, -1) }]
        : [];
    })
    .reverse();
}
