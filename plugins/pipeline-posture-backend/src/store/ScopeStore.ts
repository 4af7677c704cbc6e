import { Knex } from 'knex';
import { Scope, SourceProblem } from 'backstage-plugin-pipeline-posture-node';
import { isPostgres } from './migrate';
import { scopeKey, sourceKey } from './keys';
import {
  ScopeRow,
  SourceRow,
  StoredScope,
  StoredSource,
  toScope,
  toSource,
} from './scopeRows';
import { transact } from './transact';

/** Thrown when another replica has taken over a scope. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

/** Scopes with their schedule and leases. */
export class ScopeStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Notes what discovery found in one source. Scopes that were not found are gone, unless the list was cut short.
   */
  async saveDiscovery(
    source: { provider: string; id: string; title: string },
    scopes: Scope[],
    options: {
      complete: boolean;
      /** True if nothing could be said at all. */
      failed?: boolean;
      problems: SourceProblem[];
      now: Date;
    },
  ): Promise<void> {
    const at = options.now.toISOString();
    const source_key = sourceKey(source.provider, source.id);
    await transact(this.#knex, async tx => {
      await tx('sources')
        .insert({
          key: source_key,
          provider: source.provider,
          source_id: source.id,
          title: source.title,
          problems: JSON.stringify(options.problems),
          discovered_at: at,
          ...(!options.failed && { good_at: at }),
        })
        .onConflict('key')
        .merge();
      // In the order in which runs take them, those that are gone among them.
      const known = tx<ScopeRow>('scopes').where({ source_key }).orderBy('key');
      if (isPostgres(this.#knex)) await known.forNoKeyUpdate().select('key');
      const keyed = scopes.map(scope => ({ key: scopeKey(scope), scope }));
      keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
      for (const { key, scope } of keyed) {
        await tx('scopes')
          .insert({
            key,
            provider: scope.provider,
            scope_id: scope.id,
            source_key,
            title: scope.title,
            next_run_at: at,
            failures: 0,
          })
          .onConflict('key')
          .merge({ title: scope.title, source_key, gone_at: null });
      }
      if (options.complete) {
        await tx('scopes')
          .where({ source_key })
          .whereNull('gone_at')
          .whereNotIn(
            'key',
            keyed.map(({ key }) => key),
          )
          .update({ gone_at: at });
      }
    });
  }

  /** Scopes of sources that are no longer configured, and have not been asked since a time, are gone. */
  async retireSources(
    configured: readonly string[],
    before: Date,
    now: Date,
  ): Promise<void> {
    await this.#knex('scopes')
      .whereNull('gone_at')
      .whereIn(
        'source_key',
        this.#knex('sources')
          .whereNotIn('key', [...configured])
          .where('discovered_at', '<', before.toISOString())
          .select('key'),
      )
      .update({ gone_at: now.toISOString() });
  }

  /** Keys of scopes that are gone and still have pipelines. */
  async goneScopesWithPipelines(): Promise<string[]> {
    const rows = await this.#knex<ScopeRow>('scopes')
      .whereNotNull('gone_at')
      .whereExists(
        this.#knex('pipelines')
          .whereRaw('pipelines.scope_key = scopes.key')
          .whereNull('pipelines.gone_at')
          .select(this.#knex.raw('1')),
      )
      .select('key');
    return rows.map(row => row.key);
  }

  /**
   * Takes the next due scopes of a source for one replica, never more than the source allows at once over all replicas.
   *
   * @param owner - names the replica and the claim
   */
  async claim(options: {
    provider: string;
    sourceId: string;
    maxAtOnce: number;
    limit: number;
    owner: string;
    leaseMs: number;
    now: Date;
  }): Promise<StoredScope[]> {
    const now = options.now.toISOString();
    const until = new Date(
      options.now.getTime() + options.leaseMs,
    ).toISOString();
    const source_key = sourceKey(options.provider, options.sourceId);
    return this.#knex.transaction(async tx => {
      const source = tx('sources').where({ key: source_key });
      // Whoever holds the row decides alone how many scopes of the source may still start.
      if (isPostgres(this.#knex)) source.forUpdate().skipLocked();
      if (!(await source.first())) return [];
      const active = await tx<ScopeRow>('scopes')
        .where({ source_key })
        .where('lease_until', '>', now)
        .count<{ n: number | string }[]>({ n: '*' });
      const limit = Math.min(
        options.limit,
        options.maxAtOnce - Number(active[0].n),
      );
      if (limit <= 0) return [];
      const query = tx<ScopeRow>('scopes')
        .where({ source_key })
        .whereNull('gone_at')
        .where('next_run_at', '<=', now)
        .where(free =>
          free.whereNull('lease_until').orWhere('lease_until', '<=', now),
        )
        .orderBy('next_run_at')
        .limit(limit);
      // One that somebody is writing to now is taken at the next look.
      if (isPostgres(this.#knex)) query.forNoKeyUpdate().skipLocked();
      const due = await query;
      await tx('scopes')
        .whereIn(
          'key',
          due.map(row => row.key),
        )
        .update({ lease_owner: options.owner, lease_until: until });
      return due.map(row => toScope({ ...row, lease_until: until }));
    });
  }

  /**
   * Extends a lease.
   *
   * @throws LeaseLostError if another replica has the scope now
   */
  async renew(key: string, owner: string, until: Date): Promise<void> {
    const changed = await this.#knex('scopes')
      .where({ key, lease_owner: owner })
      .update({ lease_until: until.toISOString() });
    if (changed === 0) throw new LeaseLostError(`Scope ${key} was taken over`);
  }

  /**
   * Makes sure, within a transaction, that the scope is still ours until the transaction ends.
   *
   * @throws LeaseLostError if another replica has it
   */
  async hold(tx: Knex.Transaction, key: string, owner: string): Promise<void> {
    const query = tx<ScopeRow>('scopes').where({ key, lease_owner: owner });
    if (isPostgres(this.#knex)) query.forUpdate();
    if (!(await query.first())) {
      throw new LeaseLostError(`Scope ${key} was taken over`);
    }
  }

  /**
   * Ends a claim and sets the next run, within the transaction that ends the run.
   * A run that somebody stopped says nothing of the source: whether it was failing stays as it was.
   */
  async release(
    tx: Knex,
    key: string,
    owner: string,
    outcome: {
      runId: string;
      went: 'good' | 'bad' | 'stopped';
      nextRunAt: Date;
      /** When it was due at the claim. Something else by now: somebody asked for a run while this one went on. */
      wasDueAt: string;
      now: Date;
    },
  ): Promise<void> {
    const row = await tx<ScopeRow>('scopes').where({ key }).first();
    const { went, now } = outcome;
    const asked = row !== undefined && row.next_run_at !== outcome.wasDueAt;
    await tx('scopes')
      .where({ key, lease_owner: owner })
      .update({
        lease_owner: null,
        lease_until: null,
        last_run_id: outcome.runId,
        next_run_at: asked ? row.next_run_at : outcome.nextRunAt.toISOString(),
        ...(went === 'good' && {
          failures: 0,
          last_good_run_at: now.toISOString(),
        }),
        ...(went === 'bad' && { failures: (row?.failures ?? 0) + 1 }),
      });
  }

  /** Makes scopes due now. */
  async makeDue(keys: string[], now: Date): Promise<void> {
    await this.#knex('scopes')
      .whereIn('key', keys)
      .update({ next_run_at: now.toISOString() });
  }

  async get(key: string): Promise<StoredScope | undefined> {
    const row = await this.#knex<ScopeRow>('scopes').where({ key }).first();
    return row && toScope(row);
  }

  async list(): Promise<StoredScope[]> {
    const rows = await this.#knex<ScopeRow>('scopes')
      .whereNull('gone_at')
      .orderBy(['source_key', 'title']);
    return rows.map(toScope);
  }

  /** Sources with what discovery met in them. */
  async sources(): Promise<StoredSource[]> {
    const rows: SourceRow[] = await this.#knex('sources').orderBy('key');
    return rows.map(toSource);
  }
}
