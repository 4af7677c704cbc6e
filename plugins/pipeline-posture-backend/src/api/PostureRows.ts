import { Knex } from 'knex';
import { PipelineScore } from 'backstage-plugin-pipeline-posture-common';
import { AssessedFinding } from '../evaluation/assessment';
import { endOf } from '../history/days';
import { chunked } from '../store/keys';
import { PipelineBody, unpacked } from '../store/versions';
import { SUMMARY_COLUMNS, SummaryRow } from './views';

/** A finding with the pipeline that it is of. */
export interface StoredFinding {
  pipelineId: string;
  finding: AssessedFinding;
}

const VERSION_COLUMNS = SUMMARY_COLUMNS.filter(
  column => column !== 'p.posture' && column !== 'p.results',
);

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Rows of pipelines and findings, now or as they were at the end of a day. */
export class PostureRows {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Pipelines in the order of their ids' list; those that are not there are left out. */
  async pipelines(ids: readonly string[], day?: string): Promise<SummaryRow[]> {
    const found = new Map<string, SummaryRow>();
    for (const chunk of chunked(ids)) {
      const query = this.#knex('pipelines as p').whereIn('p.id', chunk);
      if (day === undefined) query.whereNull('p.gone_at');
      else {
        query
          .where('p.valid_from', '<=', day)
          .where(alive =>
            alive.whereNull('p.gone_at').orWhere('p.gone_at', '>', endOf(day)),
          );
      }
      const rows: SummaryRow[] = await query.select(...SUMMARY_COLUMNS);
      rows.forEach(row => found.set(row.id, row));
      if (day === undefined) continue;
      const past: Array<SummaryRow & { body: Buffer }> = await this.#knex(
        'pipeline_versions as p',
      )
        .whereIn('p.id', chunk)
        .where('p.from_day', '<=', day)
        .where('p.until_day', '>', day)
        .select(...VERSION_COLUMNS, 'p.body');
      for (const { body, ...row } of past) {
        const { posture, results } = unpacked<PipelineBody>(body);
        found.set(row.id, {
          ...row,
          posture: JSON.stringify(posture),
          results: JSON.stringify(results),
        });
      }
    }
    const rows = ids.flatMap(id => found.get(id) ?? []);
    return day === undefined ? rows : this.#seenBy(rows, day);
  }

  /** Of the past only days are kept: the last one on which a pipeline was read. */
  async #seenBy(rows: SummaryRow[], day: string): Promise<SummaryRow[]> {
    const later = rows.filter(row => row.collected_at > endOf(day));
    const days = new Map<string, string>();
    for (const chunk of chunked(later)) {
      const found: Array<{ subject: string; last: string }> = await this.#knex(
        'posture_daily',
      )
        .whereIn(
          'subject',
          chunk.map(row => `pipeline:${row.id}`),
        )
        .where('day', '<=', day)
        .groupBy('subject')
        .select(
          'subject',
          this.#knex.raw(
            'max(case when last_day < ? then last_day else ? end) as last',
            [day, day],
          ),
        );
      found.forEach(({ subject, last }) => days.set(subject, last));
    }
    return rows.map(row => ({
      ...row,
      collected_at:
        row.collected_at > endOf(day)
          ? `${days.get(`pipeline:${row.id}`) ?? day}T00:00:00.000Z`
          : row.collected_at,
      stale_since:
        row.stale_since !== null && row.stale_since <= endOf(day)
          ? row.stale_since
          : null,
    }));
  }

  /** Stages and identities of a pipeline as it was, if that is no longer as it is. */
  async pastBody(id: string, day: string): Promise<PipelineBody | undefined> {
    const row = await this.#knex('pipeline_versions')
      .where({ id })
      .where('from_day', '<=', day)
      .where('until_day', '>', day)
      .first('body');
    return row && unpacked<PipelineBody>(row.body);
  }

  /** Findings of pipelines that did not plainly pass, worst first. */
  async findings(
    rows: readonly SummaryRow[],
    day?: string,
    controlIds?: readonly string[],
  ): Promise<StoredFinding[]> {
    const ids = rows.map(row => row.id);
    const found: Array<StoredFinding & { rank: number }> = [];
    for (const chunk of chunked(ids)) {
      const query = this.#knex('findings').whereIn('pipeline_id', chunk);
      if (day !== undefined) query.where('valid_from', '<=', day);
      if (controlIds) query.whereIn('control_id', [...controlIds]);
      const current = await query.select(
        'pipeline_id',
        'finding',
        'severity_rank',
      );
      for (const row of current) {
        found.push({
          pipelineId: row.pipeline_id,
          finding: JSON.parse(row.finding),
          rank: row.severity_rank,
        });
      }
      if (day === undefined) continue;
      const versions = this.#knex('finding_versions')
        .whereIn('pipeline_id', chunk)
        .where('from_day', '<=', day)
        .where('until_day', '>', day);
      if (controlIds) versions.whereIn('control_id', [...controlIds]);
      for (const row of await versions) {
        found.push({
          pipelineId: row.pipeline_id,
          finding: unpacked(row.body),
          rank: row.severity_rank,
        });
      }
    }
    const sorted = found.sort(
      (a, b) =>
        a.rank - b.rank ||
        compare(a.finding.controlId, b.finding.controlId) ||
        compare(a.pipelineId, b.pipelineId),
    );
    return day === undefined ? sorted : withGainsOf(rows, sorted);
  }
}

/** What a fix would have gained follows from the score of that day, not from when the finding began. */
function withGainsOf(
  rows: readonly SummaryRow[],
  findings: readonly StoredFinding[],
): StoredFinding[] {
  const gains = new Map(
    rows.map(row => [
      row.id,
      new Map(
        (JSON.parse(row.posture) as PipelineScore).contributions.map(c => [
          c.controlId,
          c.gainIfFixed,
        ]),
      ),
    ]),
  );
  return findings.map(({ pipelineId, finding }) => ({
    pipelineId,
    finding: {
      ...finding,
      gainIfFixed: gains.get(pipelineId)?.get(finding.controlId) ?? 0,
    },
  }));
}
