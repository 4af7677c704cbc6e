import { Knex } from 'knex';
import { PreviousAssessment } from '../evaluation/assessment';
import { chunked } from './keys';
import { PipelineRow, StoredPipeline, toStored } from './pipelineRows';

/** Latest snapshots, postures and findings, as they are read. {@link PipelineWriter} writes them. */
export class PipelineStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** What was known of pipelines before, by id. */
  async previous(ids: string[]): Promise<Map<string, PreviousAssessment>> {
    const known = new Map<string, PreviousAssessment>();
    for (const chunk of chunked(ids)) {
      const rows = await this.#knex<PipelineRow>('pipelines')
        .whereIn('id', chunk)
        .select('id', 'results', 'collected_at');
      const findings = await this.#knex('findings')
        .whereIn('pipeline_id', chunk)
        .select('pipeline_id', 'finding');
      for (const row of rows) {
        known.set(row.id, {
          collectedAt: row.collected_at,
          results: JSON.parse(row.results),
          findings: [],
        });
      }
      for (const row of findings) {
        known.get(row.pipeline_id)?.findings.push(JSON.parse(row.finding));
      }
    }
    return known;
  }

  /** Pipelines that have been stale for too long and still show their last results. */
  async findExpired(before: Date, limit: number): Promise<StoredPipeline[]> {
    const rows = await this.#knex<PipelineRow>('pipelines')
      .whereNull('gone_at')
      .where('stale_since', '<', before.toISOString())
      .where({ expired: false })
      .orderBy('id')
      .limit(limit);
    return rows.map(toStored);
  }

  /** Pipelines that were assessed by other controls or another policy, or with exemptions that have changed since. */
  async findWithOtherRubric(
    rubric: string,
    limit: number,
  ): Promise<StoredPipeline[]> {
    const rows = await this.#knex<PipelineRow>('pipelines')
      .whereNull('gone_at')
      .where(due => due.whereNot({ rubric }).orWhere({ rejudge: true }))
      .orderBy('id')
      .limit(limit);
    return rows.map(toStored);
  }

  /**
   * Pipelines that can act as any of these identities as which also others than one's own can act; one's own among
   * them, because they may have been judged before the others were there.
   */
  async sharing(
    identityIds: readonly string[],
    own: ReadonlySet<string>,
  ): Promise<string[]> {
    const ids = new Set<string>();
    for (const chunk of chunked(identityIds)) {
      const rows = await this.#knex('identity_pipelines')
        .whereIn('identity_id', chunk)
        .select<{ identity_id: string; pipeline_id: string }[]>(
          'identity_id',
          'pipeline_id',
        );
      const shared = new Set(
        rows
          .filter(row => !own.has(row.pipeline_id))
          .map(row => row.identity_id),
      );
      for (const { identity_id, pipeline_id } of rows)
        if (shared.has(identity_id)) ids.add(pipeline_id);
    }
    return [...ids];
  }

  async getMany(ids: readonly string[]): Promise<StoredPipeline[]> {
    const found: StoredPipeline[] = [];
    for (const chunk of chunked(ids)) {
      const rows = await this.#knex<PipelineRow>('pipelines')
        .whereIn('id', chunk)
        .whereNull('gone_at');
      found.push(...rows.map(toStored));
    }
    return found;
  }

  /** Ids of pipelines that were read anew, became stale or too old, or are gone, since they were taken from the database. After their scopes were touched. */
  async outdated(
    tx: Knex.Transaction,
    stored: readonly StoredPipeline[],
  ): Promise<string[]> {
    // A reading that changes nothing in the snapshot still ends that it is stale.
    const known = new Map<
      string,
      Pick<StoredPipeline, 'hash' | 'expired' | 'staleSince'>
    >();
    for (const chunk of chunked(stored)) {
      const rows = await tx<PipelineRow>('pipelines')
        .whereIn(
          'id',
          chunk.map(({ id }) => id),
        )
        .whereNull('gone_at')
        .select('id', 'snapshot_hash', 'expired', 'stale_since');
      rows.forEach(row =>
        known.set(row.id, {
          hash: row.snapshot_hash,
          expired: Boolean(row.expired),
          staleSince: row.stale_since ?? undefined,
        }),
      );
    }
    return stored.flatMap(({ id, hash, expired, staleSince }) => {
      const now = known.get(id);
      return now?.hash === hash &&
        now.expired === expired &&
        now.staleSince === staleSince
        ? []
        : [id];
    });
  }

  /** Names of pipelines, also of those that are gone. */
  async names(ids: readonly string[]): Promise<Map<string, string>> {
    const names = new Map<string, string>();
    for (const chunk of chunked([...new Set(ids)])) {
      const rows = await this.#knex('pipelines')
        .whereIn('id', chunk)
        .select('id', 'name');
      rows.forEach(row => names.set(row.id, row.name));
    }
    return names;
  }
}
