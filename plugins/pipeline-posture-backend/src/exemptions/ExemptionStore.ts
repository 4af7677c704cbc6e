import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  ExemptionEvent,
  ExemptionState,
} from 'backstage-plugin-pipeline-posture-common';
import { ExemptControls } from '../evaluation/assessment';
import { dayOf } from '../history/days';
import { chunked } from '../store/keys';
import { isPostgres } from '../store/migrate';
import { judgeAgain } from '../store/scopeLocks';
import { transact } from '../store/transact';
import { ExemptionRow, StoredExemption, toExemption } from './exemptionRows';

/** Exemptions, what they cover, and everything that happened to them. */
export class ExemptionStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async create(
    exemption: Omit<StoredExemption, 'id' | 'state' | 'requestedAt'>,
    now: Date,
  ): Promise<StoredExemption> {
    const row: ExemptionRow = {
      id: randomUUID(),
      control_id: exemption.controlId,
      pipeline_id: exemption.pipelineId ?? null,
      entity_ref: exemption.entityRef ?? null,
      type: exemption.type,
      reason: exemption.reason,
      mitigation: exemption.mitigation ?? null,
      until: exemption.until,
      state: 'waiting',
      requested_by: exemption.requestedBy,
      requested_at: now.toISOString(),
      decided_by: null,
      decided_at: null,
      reminded_days: null,
    };
    await this.#knex.transaction(async tx => {
      await tx('exemptions').insert(row);
      await this.#event(tx, row.id, {
        at: now.toISOString(),
        what: 'requested',
        by: exemption.requestedBy,
      });
    });
    return toExemption(row);
  }

  /**
   * Moves an exemption on, if it is still in one of the states that allow it. Whatever happens after, the pipelines that
   * it covered and covers now are judged again.
   *
   * @returns false if somebody else was faster
   */
  async move(
    id: string,
    from: readonly ExemptionState[],
    to: ExemptionState,
    event: Omit<ExemptionEvent, 'at'>,
    now: Date,
    covers: ReadonlyArray<{
      pipelineId: string;
      controlId: string;
      fingerprint: string;
    }> = [],
  ): Promise<boolean> {
    const at = now.toISOString();
    return transact(this.#knex, async tx => {
      // Whoever writes results locks scopes first and exemptions last.
      const covered = await tx('exemption_pipelines')
        .where({ exemption_id: id })
        .pluck('pipeline_id');
      const ids = [...covered, ...covers.map(({ pipelineId }) => pipelineId)];
      await judgeAgain(tx, [...new Set<string>(ids)]);
      const decided = event.by && { decided_by: event.by, decided_at: at };
      const changed = await tx('exemptions')
        .where({ id })
        .whereIn('state', [...from])
        .update({ state: to, ...decided });
      if (changed === 0) return false;
      await tx('exemption_pipelines').where({ exemption_id: id }).delete();
      for (const chunk of chunked(covers)) {
        await tx('exemption_pipelines').insert(
          chunk.map(c => ({
            exemption_id: id,
            pipeline_id: c.pipelineId,
            control_id: c.controlId,
            fingerprint: c.fingerprint,
          })),
        );
      }
      await this.#event(tx, id, { ...event, at });
      return true;
    });
  }

  /** What was observed is no longer what was tolerated: exemptions end for these pipelines. Once in a transaction. */
  async lapse(
    tx: Knex.Transaction,
    lapsed: ReadonlyArray<{ pipelineId: string; controlIds: string[] }>,
    now: Date,
  ): Promise<void> {
    const covers: Array<{ exemption_id: string; pipeline_id: string }> = [];
    for (const { pipelineId, controlIds } of lapsed) {
      if (controlIds.length === 0) continue;
      const rows = await tx('exemption_pipelines')
        .where({ pipeline_id: pipelineId })
        .whereIn('control_id', controlIds);
      covers.push(...rows);
    }
    if (covers.length === 0) return;
    // In one order, for an exemption can cover pipelines that another replica writes.
    const ids = [...new Set(covers.map(row => row.exemption_id))].sort();
    if (isPostgres(tx)) {
      for (const id of ids)
        await tx('exemptions').where({ id }).forNoKeyUpdate().first('id');
    }
    for (const { exemption_id, pipeline_id } of covers) {
      await tx('exemption_pipelines')
        .where({ exemption_id, pipeline_id })
        .delete();
      const left = await tx('exemption_pipelines')
        .where({ exemption_id })
        .first();
      if (!left)
        await tx('exemptions')
          .where({ id: exemption_id })
          .update({ state: 'lapsed' });
      await this.#event(tx, exemption_id, {
        at: now.toISOString(),
        what: 'lapsed',
        comment: `What is observed in ${pipeline_id} has changed since the approval.`,
      });
    }
  }

  /** Fingerprints of what is tolerated at a time, by pipeline. An exemption whose last day has passed tolerates nothing. */
  async covering(
    pipelineIds: readonly string[],
    now: Date,
    db: Knex = this.#knex,
  ): Promise<Map<string, ExemptControls>> {
    const covering = new Map<string, Map<string, string>>();
    for (const chunk of chunked(pipelineIds)) {
      const rows = await db('exemption_pipelines as c')
        .join('exemptions as e', 'e.id', 'c.exemption_id')
        .where('e.state', 'active')
        .where('e.until', '>=', dayOf(now))
        .whereIn('c.pipeline_id', chunk)
        // Of two, the one that lasts longer.
        .orderBy(['e.until', 'e.id'])
        .select('c.pipeline_id', 'c.control_id', 'c.fingerprint');
      for (const { pipeline_id, control_id, fingerprint } of rows) {
        const controls = covering.get(pipeline_id) ?? new Map<string, string>();
        covering.set(pipeline_id, controls.set(control_id, fingerprint));
      }
    }
    return covering;
  }

  /**
   * Ids of pipelines of which something else is tolerated than when they were judged.
   * Within the transaction that writes the results, after their scopes were touched: whoever decides touches them too.
   */
  async decidedSince(
    tx: Knex.Transaction,
    judged: ReadonlyArray<{ pipelineId: string; tolerated?: ExemptControls }>,
    now: Date,
  ): Promise<string[]> {
    const ids = judged.map(({ pipelineId }) => pipelineId);
    const covering = await this.covering(ids, now, tx);
    const nameOf = (controls: ExemptControls = new Map()) =>
      JSON.stringify([...controls].sort());
    return judged.flatMap(({ pipelineId, tolerated }) =>
      nameOf(covering.get(pipelineId)) === nameOf(tolerated)
        ? []
        : [pipelineId],
    );
  }

  /** Pipelines that an exemption covers. */
  async pipelinesOf(id: string): Promise<string[]> {
    const rows = await this.#knex('exemption_pipelines').where({
      exemption_id: id,
    });
    return rows.map(row => row.pipeline_id);
  }

  async get(id: string): Promise<StoredExemption | undefined> {
    const row = await this.#knex<ExemptionRow>('exemptions')
      .where({ id })
      .first();
    return row && toExemption(row);
  }

  /** Exemptions for pipelines and for entities, given by their ids and refs. */
  async about(targets: readonly string[]): Promise<StoredExemption[]> {
    const found: StoredExemption[] = [];
    for (const chunk of chunked(targets)) {
      const rows = await this.#knex<ExemptionRow>('exemptions')
        .whereIn('pipeline_id', chunk)
        .orWhereIn('entity_ref', chunk);
      found.push(...rows.map(toExemption));
    }
    return found;
  }

  /** Requests that are waiting or active for a control and for any of these pipelines and entities. */
  async openFor(
    controlId: string,
    targets: readonly string[],
  ): Promise<StoredExemption[]> {
    return (await this.about(targets)).filter(
      e =>
        e.controlId === controlId &&
        (e.state === 'waiting' || e.state === 'active'),
    );
  }

  /** Newest first. */
  async list(options: {
    state?: ExemptionState[];
  }): Promise<StoredExemption[]> {
    const rows = this.#knex<ExemptionRow>('exemptions').orderBy([
      { column: 'requested_at', order: 'desc' },
      { column: 'id' },
    ]);
    if (options.state?.length) rows.whereIn('state', options.state);
    return (await rows).map(toExemption);
  }

  async events(ids: readonly string[]): Promise<Map<string, ExemptionEvent[]>> {
    const events = new Map<string, ExemptionEvent[]>();
    for (const chunk of chunked(ids)) {
      const rows = await this.#knex('exemption_events')
        .whereIn('exemption_id', chunk)
        .orderBy('id');
      for (const row of rows) {
        events.set(row.exemption_id, [
          ...(events.get(row.exemption_id) ?? []),
          {
            at: row.at,
            what: row.what,
            ...(row.by && { by: row.by }),
            ...(row.comment && { comment: row.comment }),
          },
        ]);
      }
    }
    return events;
  }

  async noteReminder(id: string, days: number): Promise<void> {
    await this.#knex('exemptions')
      .where({ id })
      .update({ reminded_days: days });
  }

  async #event(tx: Knex, id: string, event: ExemptionEvent): Promise<void> {
    await tx('exemption_events').insert({
      exemption_id: id,
      at: event.at,
      what: event.what,
      by: event.by ?? null,
      comment: event.comment ?? null,
    });
  }
}
