import { Knex } from 'knex';
import {
  COMPLIANCES,
  GRADES,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { PostureChange } from '../announce/PostureChange';
import { Assessment } from '../evaluation/assessment';
import { ControlNumbers } from '../fleet/ControlNumbers';
import { dayOf } from '../history/days';
import { HistoryStore } from '../history/HistoryStore';
import { removeFindings, saveFindings } from './FindingStore';
import { saveIdentities, saveIdentityAttributes } from './identityRows';
import { chunked } from './keys';
import { saveRepositories } from './repositoryRows';
import { touchScopes } from './scopeLocks';
import { changeOf } from './pipelineChange';
import {
  AssessedPipeline,
  changersOf,
  isShownDifferently,
  knownOf,
  outcomeOf,
  PipelineRow,
  rowOf,
  StoredPipeline,
} from './pipelineRows';
import { archivePipeline } from './versions';

/** What saving changed. */
export interface SaveOutcome {
  /** Pipelines whose numbers, or whose being there, changed. */
  changed: string[];
  /** Pipelines whose keys changed: their entities must be found anew. */
  rekeyed: string[];
  changes: PostureChange[];
  /** Pipelines of which a later reading was there already: nothing of this one is kept. */
  overtaken: Set<string>;
  /** Identities that came to or left a pipeline, or whose tiers changed. */
  identities: Set<string>;
}

const isSame = (old: PipelineRow, row: PipelineRow) =>
  old.gone_at === null &&
  old.posture === row.posture &&
  old.results === row.results &&
  old.rubric === row.rubric &&
  old.snapshot_hash === row.snapshot_hash &&
  old.stale_since === null &&
  !old.expired;

/** Clocks of replicas differ by less. */
const SKEW_MS = 5 * 60_000;

/**
 * A run over a whole scope writes long after it began to read; one pipeline may have been read again meanwhile.
 * What says that it was read in the future was read by a clock that was wrong, and must not stay until then.
 */
const isLater = (old: PipelineRow, row: PipelineRow, now: Date) =>
  old.gone_at === null &&
  old.collected_at > row.collected_at &&
  Date.parse(old.collected_at) <= now.getTime() + SKEW_MS;

/** Writes snapshots, postures and findings, and keeps what they replace. */
export class PipelineWriter {
  readonly #history: HistoryStore;
  readonly #numbers: ControlNumbers;

  constructor(options: { history: HistoryStore; numbers: ControlNumbers }) {
    this.#history = options.history;
    this.#numbers = options.numbers;
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
      overtaken: new Set(),
      identities: new Set(),
    };
    await touchScopes(tx, [where.scopeKey]);
    const ids = pipelines.map(({ snapshot }) =>
      stringifyPipelineRef(snapshot.ref),
    );
    const existing = new Map(
      (await tx<PipelineRow>('pipelines').whereIn('id', ids)).map(row => [
        row.id,
        row,
      ]),
    );
    const { numberOf } = this.#numbers;
    for (const [i, pipeline] of pipelines.entries()) {
      const row = rowOf(ids[i], pipeline, { ...where, numberOf });
      const old = existing.get(ids[i]);
      if (old && isLater(old, row, where.now)) {
        outcome.overtaken.add(row.id);
        continue;
      }
      if (old && isSame(old, row)) {
        const { collected_at, run_id } = row;
        await tx('pipelines')
          .where({ id: row.id })
          .update({ collected_at, run_id });
        continue;
      }
      await this.#write(tx, row, old, pipeline, { ...where, outcome });
    }
    const changed = new Set(outcome.changed);
    await saveIdentityAttributes(
      tx,
      pipelines.flatMap(({ snapshot }, i) =>
        changed.has(ids[i]) ? [snapshot] : [],
      ),
    );
    await this.#history.noteDay(tx, ids, where.now);
    return outcome;
  }

  async #write(
    tx: Knex.Transaction,
    row: PipelineRow,
    old: PipelineRow | undefined,
    { snapshot, assessment }: AssessedPipeline,
    where: { now: Date; outcome: SaveOutcome },
  ): Promise<void> {
    const { now, outcome } = where;
    const { findings } = assessment;
    const last = old && old.gone_at === null ? old : undefined;
    outcome.changed.push(row.id);
    const before = last && knownOf(last);
    const after = knownOf(row);
    const change = await this.#history.record(tx, {
      pipelineId: row.id,
      before,
      after,
      at: now,
    });
    if (change) {
      outcome.changes.push(
        changeOf(row, { ...change, before, after, findings }),
      );
    }
    let validFrom = row.valid_from;
    if (last && !isShownDifferently(last, row)) validFrom = last.valid_from;
    else if (old) await archivePipeline(tx, old, row.valid_from);
    const { id, ...content } = { ...row, valid_from: validFrom };
    await tx('pipelines')
      .insert({ id, ...content })
      .onConflict('id')
      // PostgreSQL locks a row whose key is written, also with the same value, against those who link it.
      .merge(Object.keys(content));
    await saveFindings(tx, row.id, findings, row.valid_from);
    if (!last || last.keys !== row.keys) {
      outcome.rekeyed.push(row.id);
      await saveKeys(tx, row.id, JSON.parse(row.keys));
    }
    await saveRepositories(tx, row.id, snapshot);
    const touched = await saveIdentities(tx, row.id, snapshot);
    touched.forEach(identity => outcome.identities.add(identity));
  }

  /** Writes new results for a snapshot that was not read anew. */
  async saveReassessed(
    tx: Knex.Transaction,
    pipeline: StoredPipeline,
    assessment: Assessment,
    options: { expired?: boolean; now: Date },
  ): Promise<PostureChange | undefined> {
    const { posture } = assessment;
    const row = await tx<PipelineRow>('pipelines')
      .where({ id: pipeline.id })
      .first();
    if (!row) return undefined;
    const after = {
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
      outcome: outcomeOf(assessment, this.#numbers.numberOf),
      changers: changersOf(pipeline.snapshot),
    };
    const change = {
      before: knownOf(row),
      after: knownOf({ ...row, ...after }),
    };
    const entry = await this.#history.record(tx, {
      ...change,
      pipelineId: pipeline.id,
      at: options.now,
    });
    const today = dayOf(options.now);
    const shown = isShownDifferently(row, { ...row, ...after });
    if (shown) await archivePipeline(tx, row, today);
    await tx('pipelines')
      .where({ id: pipeline.id })
      .update({
        ...after,
        rejudge: false,
        ...(shown && { valid_from: today }),
        ...(options.expired && { expired: true }),
      });
    await saveFindings(tx, pipeline.id, assessment.findings, today);
    await saveRepositories(tx, pipeline.id, pipeline.snapshot);
    await saveIdentities(tx, pipeline.id, pipeline.snapshot);
    if (!entry) return undefined;
    return changeOf(
      { id: pipeline.id, name: pipeline.snapshot.name },
      { ...change, ...entry, findings: assessment.findings },
    );
  }

  /** Pipelines of a scope that a completed run did not see are gone. @returns their ids */
  async markGone(
    tx: Knex.Transaction,
    scopeKey: string,
    seen: ReadonlySet<string>,
    now: Date,
  ): Promise<{ ids: string[]; identities: string[] }> {
    // First, so that no other sees the same pipelines go.
    await touchScopes(tx, [scopeKey]);
    const rows = await tx<PipelineRow>('pipelines')
      .where({ scope_key: scopeKey })
      .whereNull('gone_at')
      .select('id', 'score', 'grade', 'compliance', 'rubric');
    const gone = rows.filter(row => !seen.has(row.id));
    const ids = gone.map(row => row.id);
    if (ids.length === 0) return { ids, identities: [] };
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
      await removeFindings(tx, chunk, dayOf(now));
      for (const table of [
        'pipeline_keys',
        'identity_pipelines',
        'pipeline_repositories',
      ])
        await tx(table).whereIn('pipeline_id', chunk).delete();
    }
    return { ids, identities: [...identities] };
  }
}

async function saveKeys(
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
