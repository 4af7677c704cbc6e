import { Knex } from 'knex';
import {
  COMPLIANCES,
  GRADES,
  PipelineSnapshot,
  SEVERITIES,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { PostureChange } from '../announce/PostureChange';
import {
  AssessedFinding,
  Assessment,
  PreviousAssessment,
} from '../evaluation/PostureAssessor';
import { HistoryStore } from '../history/HistoryStore';
import { chunked } from './keys';
import { changeOf, tiersByIdentity } from './pipelineChange';
import {
  AssessedPipeline,
  isLoud,
  knownOf,
  PipelineRow,
  rowOf,
  shownStatus,
  StoredPipeline,
  toStored,
} from './pipelineRows';

/** What saving changed. */
export interface SaveOutcome {
  /** Pipelines whose numbers, or whose being there, changed. */
  changed: string[];
  /** Pipelines whose keys changed: their entities must be found anew. */
  rekeyed: string[];
  changes: PostureChange[];
  /** Identities that came to or left a pipeline, or whose tiers changed. */
  identities: Set<string>;
}

/** Latest snapshots, postures and findings. */
export class PipelineStore {
  readonly #knex: Knex;
  readonly #history: HistoryStore;

  constructor(knex: Knex, history: HistoryStore) {
    this.#knex = knex;
    this.#history = history;
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

  /** Keeps pipelines with all that follows from them. */
  async save(
    tx: Knex.Transaction,
    pipelines: readonly AssessedPipeline[],
    where: { scopeKey: string; runId: string; now: Date },
  ): Promise<SaveOutcome> {
    const outcome: SaveOutcome = {
      changed: [],
      rekeyed: [],
      changes: [],
      identities: new Set(),
    };
    const ids = pipelines.map(({ snapshot }) =>
      stringifyPipelineRef(snapshot.ref),
    );
    const existing = new Map(
      (await tx<PipelineRow>('pipelines').whereIn('id', ids)).map(row => [
        row.id,
        row,
      ]),
    );
    for (const [i, pipeline] of pipelines.entries()) {
      const row = rowOf(ids[i], pipeline, where);
      const old = existing.get(ids[i]);
      const reborn = !old || old.gone_at !== null;
      const same =
        !reborn &&
        old.posture === row.posture &&
        old.results === row.results &&
        old.snapshot_hash === row.snapshot_hash &&
        old.stale_since === null;
      if (same) {
        const { collected_at, run_id } = row;
        await tx('pipelines')
          .where({ id: row.id })
          .update({ collected_at, run_id });
        continue;
      }
      outcome.changed.push(row.id);
      const before = reborn ? undefined : knownOf(old);
      const after = knownOf(row);
      const causes = await this.#history.record(tx, {
        pipelineId: row.id,
        before,
        after,
        at: where.now,
      });
      if (causes.length > 0) {
        const { findings } = pipeline.assessment;
        outcome.changes.push(
          changeOf(row, { causes, before, after, findings }),
        );
      }
      await tx('pipelines').insert(row).onConflict('id').merge();
      await this.#saveFindings(tx, row.id, pipeline.assessment.findings);
      if (reborn || old.keys !== row.keys) {
        outcome.rekeyed.push(row.id);
        await this.#saveKeys(tx, row.id, JSON.parse(row.keys));
      }
      const touched = await this.#saveIdentities(tx, row.id, pipeline.snapshot);
      touched.forEach(identity => outcome.identities.add(identity));
    }
    await this.#history.noteDay(tx, ids, where.now);
    return outcome;
  }

  async #saveKeys(
    tx: Knex.Transaction,
    id: string,
    keys: string[],
  ): Promise<void> {
    await tx('pipeline_keys').where({ pipeline_id: id }).delete();
    if (keys.length > 0) {
      await tx('pipeline_keys').insert(
        keys.map(key => ({ pipeline_id: id, key })),
      );
    }
  }

  async #saveFindings(
    tx: Knex.Transaction,
    id: string,
    findings: readonly AssessedFinding[],
  ): Promise<void> {
    await tx('findings').where({ pipeline_id: id }).delete();
    const rows = findings.filter(isLoud).map(finding => ({
      pipeline_id: id,
      control_id: finding.controlId,
      status: shownStatus(finding),
      severity: finding.severity,
      severity_rank: SEVERITIES.indexOf(finding.severity),
      dimension: finding.dimension,
      finding: JSON.stringify(finding),
      since: finding.since,
    }));
    if (rows.length > 0) await tx('findings').insert(rows);
  }

  /** What is not known leaves the edges as they were: not seeing a use does not end it. */
  async #saveIdentities(
    tx: Knex.Transaction,
    id: string,
    snapshot: PipelineSnapshot,
  ): Promise<string[]> {
    if (!snapshot.identities.known) return [];
    const tiers = tiersByIdentity(snapshot);
    const wanted = new Map(
      snapshot.identities.value.map(({ id: identity }) => [
        identity,
        [...(tiers.get(identity) ?? [])].sort().join(','),
      ]),
    );
    const rows = await tx('identity_pipelines').where({ pipeline_id: id });
    const old = new Map<string, string>(
      rows.map(row => [row.identity_id, row.tiers]),
    );
    const touched = [...new Set([...wanted.keys(), ...old.keys()])].filter(
      identity => wanted.get(identity) !== old.get(identity),
    );
    if (touched.length === 0) return [];
    await tx('identity_pipelines')
      .where({ pipeline_id: id })
      .whereIn('identity_id', touched)
      .delete();
    const added = touched.filter(identity => wanted.has(identity));
    if (added.length > 0) {
      await tx('identity_pipelines').insert(
        added.map(identity => ({
          identity_id: identity,
          pipeline_id: id,
          tiers: wanted.get(identity),
        })),
      );
    }
    return touched;
  }

  /** Pipelines of a scope that a completed run did not see are gone. @returns their ids */
  async markGone(
    tx: Knex.Transaction,
    scopeKey: string,
    seen: ReadonlySet<string>,
    now: Date,
  ): Promise<{ ids: string[]; identities: string[] }> {
    const rows = await tx<PipelineRow>('pipelines')
      .where({ scope_key: scopeKey })
      .whereNull('gone_at')
      .select('id', 'score', 'grade', 'compliance', 'rubric');
    const gone = rows.filter(row => !seen.has(row.id));
    const ids = gone.map(row => row.id);
    await this.#history.recordGone(tx, gone, now);
    const identities = new Set<string>();
    for (const chunk of chunked(ids)) {
      const edges = await tx('identity_pipelines').whereIn(
        'pipeline_id',
        chunk,
      );
      edges.forEach(edge => identities.add(edge.identity_id));
      await tx('pipelines')
        .whereIn('id', chunk)
        .update({ gone_at: now.toISOString() });
      for (const table of ['findings', 'pipeline_keys', 'identity_pipelines']) {
        await tx(table).whereIn('pipeline_id', chunk).delete();
      }
    }
    return { ids, identities: [...identities] };
  }

  /** Pipelines that should have been read and were not. @returns their ids */
  async markStale(
    tx: Knex,
    scopeKey: string,
    seen: ReadonlySet<string>,
    now: Date,
  ): Promise<string[]> {
    const rows = await tx<PipelineRow>('pipelines')
      .where({ scope_key: scopeKey })
      .whereNull('gone_at')
      .whereNull('stale_since')
      .select('id', 'collected_at');
    const missed = rows.filter(row => !seen.has(row.id));
    for (const chunk of chunked(missed)) {
      await tx('pipelines')
        .whereIn(
          'id',
          chunk.map(row => row.id),
        )
        .update({ stale_since: now.toISOString() });
    }
    return missed.map(row => row.id);
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

  /** Pipelines that were assessed by other controls or another policy. */
  async findWithOtherRubric(
    rubric: string,
    limit: number,
  ): Promise<StoredPipeline[]> {
    const rows = await this.#knex<PipelineRow>('pipelines')
      .whereNull('gone_at')
      .whereNot({ rubric })
      .orderBy('id')
      .limit(limit);
    return rows.map(toStored);
  }

  /** Writes new results for a snapshot that was not read anew. */
  async saveReassessed(
    tx: Knex.Transaction,
    pipeline: StoredPipeline,
    assessment: Assessment,
    options: { expired?: boolean; now: Date },
  ): Promise<PostureChange | undefined> {
    const { posture } = assessment;
    const change = {
      before: {
        results: pipeline.results,
        rubric: pipeline.rubric,
        score: pipeline.posture.score,
        grade: GRADES.indexOf(pipeline.posture.grade),
        compliance: COMPLIANCES.indexOf(pipeline.posture.compliance),
      },
      after: {
        results: assessment.results,
        rubric: assessment.rubric,
        score: posture.score,
        grade: GRADES.indexOf(posture.grade),
        compliance: COMPLIANCES.indexOf(posture.compliance),
      },
    };
    const causes = await this.#history.record(tx, {
      ...change,
      pipelineId: pipeline.id,
      at: options.now,
    });
    await tx('pipelines')
      .where({ id: pipeline.id })
      .update({
        posture: JSON.stringify(posture),
        results: JSON.stringify(assessment.results),
        rubric: assessment.rubric,
        reaches: assessment.reaches,
        score: posture.score,
        potential: posture.potential,
        coverage: posture.coverage,
        grade: GRADES.indexOf(posture.grade),
        compliance: COMPLIANCES.indexOf(posture.compliance),
        failing: posture.counts.fail,
        unknown: posture.counts.unknown,
        ...(options.expired && { expired: true }),
      });
    await this.#saveFindings(tx, pipeline.id, assessment.findings);
    if (causes.length === 0) return undefined;
    return changeOf(
      { id: pipeline.id, name: pipeline.snapshot.name },
      { ...change, causes, findings: assessment.findings },
    );
  }

  /** Pipelines that can act as any of these identities. */
  async sharing(identityIds: readonly string[]): Promise<string[]> {
    const ids = new Set<string>();
    for (const chunk of chunked(identityIds)) {
      const rows = await this.#knex('identity_pipelines')
        .whereIn('identity_id', chunk)
        .select('pipeline_id');
      rows.forEach(row => ids.add(row.pipeline_id));
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

  /** Removes what has been gone for long. */
  async removeGone(before: Date): Promise<number> {
    return this.#knex('pipelines')
      .where('gone_at', '<', before.toISOString())
      .delete();
  }
}
