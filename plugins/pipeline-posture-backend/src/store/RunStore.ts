import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { SourceProblem } from 'backstage-plugin-pipeline-posture-node';
import { RunView } from 'backstage-plugin-pipeline-posture-common';

/** Most problems that are kept of one run. */
const MOST_PROBLEMS = 200;

interface RunRow {
  id: string;
  scope_key: string;
  status: RunView['status'];
  trigger: RunView['trigger'];
  started_at: string;
  finished_at: string | null;
  pipelines_done: number;
  pipelines_total: number | null;
  problems: string;
  error: string | null;
  stop_requested: boolean | number;
  stopped: boolean | number;
}

/** A run as it stands in the database. */
export type StoredRun = Omit<RunView, 'scopeId' | 'scopeTitle'> & {
  scopeKey: string;
};

const toRun = (row: RunRow): StoredRun => ({
  id: row.id,
  scopeKey: row.scope_key,
  status: row.status,
  trigger: row.trigger,
  startedAt: row.started_at,
  pipelinesDone: row.pipelines_done,
  problems: JSON.parse(row.problems),
  ...(row.finished_at && { finishedAt: row.finished_at }),
  ...(row.pipelines_total !== null && { pipelinesTotal: row.pipelines_total }),
  ...(row.error && { error: row.error }),
  ...(row.stopped && { stopped: true }),
});

/** Every run over a scope. */
export class RunStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Notes that a run begins. On schedule only the holder of a scope's lease runs: the run before it is dead. */
  async start(
    scopeKey: string,
    trigger: RunView['trigger'],
    now: Date,
  ): Promise<string> {
    const id = randomUUID();
    const at = now.toISOString();
    await this.#knex.transaction(async tx => {
      if (trigger === 'schedule')
        await tx('runs')
          .where({ scope_key: scopeKey, status: 'running', trigger })
          .update({ status: 'abandoned', finished_at: at });
      await tx('runs').insert({
        id,
        scope_key: scopeKey,
        status: 'running',
        trigger,
        started_at: at,
      });
    });
    return id;
  }

  async progress(
    id: string,
    done: number,
    total: number | undefined,
  ): Promise<void> {
    await this.#knex('runs')
      .where({ id, status: 'running' })
      .update({
        pipelines_done: done,
        ...(total !== undefined && { pipelines_total: total }),
      });
  }

  async finish(
    tx: Knex,
    id: string,
    outcome: {
      status: RunView['status'];
      problems: SourceProblem[];
      done: number;
      error?: string;
      stopped?: boolean;
      now: Date;
    },
  ): Promise<void> {
    await tx('runs')
      .where({ id })
      .update({
        status: outcome.status,
        finished_at: outcome.now.toISOString(),
        pipelines_done: outcome.done,
        problems: JSON.stringify(outcome.problems.slice(0, MOST_PROBLEMS)),
        error: outcome.error ?? null,
        stopped: outcome.stopped ?? false,
      });
  }

  /** Asks whichever replica works on a scope to end its run. @returns false if there is none */
  async requestStop(scopeKey: string): Promise<boolean> {
    const asked = await this.#knex('runs')
      .where({ scope_key: scopeKey, status: 'running' })
      .update({ stop_requested: true });
    return asked > 0;
  }

  async isStopRequested(id: string): Promise<boolean> {
    const row = await this.#knex<RunRow>('runs')
      .where({ id })
      .first('stop_requested');
    return Boolean(row?.stop_requested);
  }

  /** Marks runs whose replica is gone: they run, and nobody holds their scope. */
  async abandonOrphans(now: Date, olderThan: Date): Promise<number> {
    return this.#knex('runs')
      .where({ status: 'running' })
      .where('started_at', '<', olderThan.toISOString())
      .whereNotExists(
        this.#knex('scopes')
          .whereRaw('scopes.key = runs.scope_key')
          .where('scopes.lease_until', '>', now.toISOString())
          .select(this.#knex.raw('1')),
      )
      .update({ status: 'abandoned', finished_at: now.toISOString() });
  }

  async removeOlderThan(time: Date): Promise<number> {
    return this.#knex('runs')
      .where('started_at', '<', time.toISOString())
      .whereNotIn(
        'id',
        this.#knex('scopes').whereNotNull('last_run_id').select('last_run_id'),
      )
      .delete();
  }

  async get(id: string): Promise<StoredRun | undefined> {
    const row = await this.#knex<RunRow>('runs').where({ id }).first();
    return row && toRun(row);
  }

  async getMany(ids: string[]): Promise<Map<string, StoredRun>> {
    const rows = await this.#knex<RunRow>('runs').whereIn('id', ids);
    return new Map(rows.map(row => [row.id, toRun(row)]));
  }

  /** Newest first. */
  async list(options: {
    scopeKey?: string;
    offset: number;
    limit: number;
  }): Promise<{ items: StoredRun[]; total: number }> {
    const query = () => {
      const base = this.#knex<RunRow>('runs');
      return options.scopeKey
        ? base.where({ scope_key: options.scopeKey })
        : base;
    };
    const [{ n }] = await query().count<{ n: number | string }[]>({ n: '*' });
    const rows = await query()
      .orderBy([{ column: 'started_at', order: 'desc' }, { column: 'id' }])
      .offset(options.offset)
      .limit(options.limit);
    return { items: rows.map(toRun), total: Number(n) };
  }

  /** Start of the newest run that is going on in any of the scopes. */
  async running(scopeKeys: string[]): Promise<Map<string, StoredRun>> {
    const rows = await this.#knex<RunRow>('runs')
      .whereIn('scope_key', scopeKeys)
      .where({ status: 'running', trigger: 'schedule' })
      .orderBy('started_at');
    return new Map(rows.map(row => [row.scope_key, toRun(row)]));
  }
}
