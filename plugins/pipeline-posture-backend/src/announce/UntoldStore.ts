import { Knex } from 'knex';
import {
  ChangeCause,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { markOf } from '../history/markOf';
import { chunked } from '../store/keys';
import { PostureChange } from './PostureChange';

interface LedgerRow {
  event_id: string;
  pipeline_id: string;
  cause: ChangeCause;
  transitions: string;
  score_before: number | null;
  score_after: number | null;
  grade_before: number | null;
  grade_after: number | null;
  compliance_before: number | null;
  compliance_after: number | null;
  name: string;
}

/** Most changes that are told at once. */
const MOST = 500;

/** A change that nobody told, and when it was made. */
export interface UntoldPlace {
  eventId: string;
  at: string;
}

/** Notes that a change must be told, in the transaction that makes it: who makes it may be dead before it tells. */
export async function keepUntold(
  tx: Knex,
  eventId: string,
  at: Date,
): Promise<void> {
  await tx('untold').insert({ event_id: eventId, at: at.toISOString() });
}

/** Changes that others have not been told of yet. */
export class UntoldStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** They have been told. */
  async told(eventIds: readonly string[]): Promise<void> {
    for (const chunk of chunked(eventIds))
      await this.#knex('untold').whereIn('event_id', chunk).delete();
  }

  /**
   * Some of the changes that nobody will tell, oldest first: they are older than a moment, and no run is going on in their
   * scope.
   *
   * @param after - the last one that was given before
   * @returns their ids with when they were made, what can still be said of them, and where to go on, if there may be more
   */
  async left(
    now: Date,
    before: Date,
    after?: UntoldPlace,
  ): Promise<{
    left: UntoldPlace[];
    changes: PostureChange[];
    next?: UntoldPlace;
  }> {
    const runs = this.#knex('changes as c')
      .join('pipelines as p', 'p.id', 'c.pipeline_id')
      .join('scopes as s', 's.key', 'p.scope_key')
      .whereRaw('c.event_id = untold.event_id')
      .where('s.lease_until', '>', now.toISOString())
      .select(this.#knex.raw('1'));
    const query = this.#knex('untold')
      .where('at', '<', before.toISOString())
      .whereNotExists(runs)
      .orderBy(['at', 'event_id'])
      .limit(MOST)
      .select('event_id as eventId', 'at');
    if (after)
      query
        .where('at', '>=', after.at)
        .where(later =>
          later
            .where('at', '>', after.at)
            .orWhere('event_id', '>', after.eventId),
        );
    const left: UntoldPlace[] = await query;
    const rows: LedgerRow[] = [];
    for (const chunk of chunked(left.map(({ eventId }) => eventId)))
      rows.push(
        ...(await this.#knex('changes as c')
          .join('pipelines as p', 'p.id', 'c.pipeline_id')
          .whereIn('c.event_id', chunk)
          .orderBy('c.id')
          .select('c.*', 'p.name')),
      );
    return {
      left,
      changes: await this.#changesOf(rows),
      ...(left.length === MOST && { next: left[MOST - 1] }),
    };
  }

  async #changesOf(rows: readonly LedgerRow[]): Promise<PostureChange[]> {
    const critical = await this.#failing(rows.map(row => row.pipeline_id));
    const changes = new Map<string, PostureChange>();
    for (const row of rows) {
      const { event_id: eventId, pipeline_id: pipelineId } = row;
      const after = markOf(
        row.score_after,
        row.grade_after,
        row.compliance_after,
      );
      if (!after) continue;
      const before = markOf(
        row.score_before,
        row.grade_before,
        row.compliance_before,
      );
      const failed = (JSON.parse(row.transitions) as Transition[])
        .filter(({ to }) => to === 'fail')
        .map(({ controlId }) => controlId)
        // What was mended meanwhile is no news.
        .filter(id => critical.get(pipelineId)?.has(id));
      const change = changes.get(eventId);
      changes.set(eventId, {
        eventId,
        pipelineId,
        pipelineName: row.name,
        ...(before && { before }),
        after,
        causes: [...(change?.causes ?? []), row.cause],
        newCritical: [...(change?.newCritical ?? []), ...failed],
      });
    }
    return [...changes.values()];
  }

  /** Critical controls that fail, by pipeline; what is tolerated or not scored yet is none of them. */
  async #failing(
    pipelineIds: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const found = new Map<string, Set<string>>();
    for (const chunk of chunked([...new Set(pipelineIds)])) {
      const rows = await this.#knex('findings')
        .whereIn('pipeline_id', chunk)
        .where({ status: 'fail', severity: 'critical' })
        .select('pipeline_id', 'control_id');
      for (const { pipeline_id, control_id } of rows)
        found.set(
          pipeline_id,
          (found.get(pipeline_id) ?? new Set()).add(control_id),
        );
    }
    return found;
  }
}
