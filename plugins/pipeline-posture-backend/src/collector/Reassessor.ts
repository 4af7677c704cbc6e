import { Knex } from 'knex';
import { PostureAssessor } from '../evaluation/PostureAssessor';
import { expiredSnapshot } from '../evaluation/expiredSnapshot';
import { PostureChange } from '../announce/PostureChange';
import { Judge } from '../evaluation/Judge';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { EntityStore } from '../store/EntityStore';
import { saveIdentityAttributes } from '../store/identityRows';
import { chunked } from '../store/keys';
import { StoredPipeline } from '../store/pipelineRows';
import { PipelineStore } from '../store/PipelineStore';
import { PipelineWriter } from '../store/PipelineWriter';
import { touchScopes } from '../store/scopeLocks';
import { transact } from '../store/transact';

const PAGE = 100;

interface Written {
  changes: PostureChange[];
  /** What is no longer as it was when it was judged. */
  outdated: string[];
}

/** Judges stored snapshots again, without reading any source. */
export class Reassessor {
  readonly #knex: Knex;
  readonly #pipelines: PipelineStore;
  readonly #writer: PipelineWriter;
  readonly #entities: EntityStore;
  readonly #assessor: PostureAssessor;
  readonly #judge: Judge;
  readonly #exemptions: ExemptionStore;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    pipelines: PipelineStore;
    writer: PipelineWriter;
    entities: EntityStore;
    assessor: PostureAssessor;
    judge: Judge;
    exemptions: ExemptionStore;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#pipelines = options.pipelines;
    this.#writer = options.writer;
    this.#entities = options.entities;
    this.#assessor = options.assessor;
    this.#judge = options.judge;
    this.#exemptions = options.exemptions;
    this.#now = options.now;
  }

  /** Because something outside the snapshot changed: who else can act as an identity. */
  async reassess(ids: readonly string[]): Promise<PostureChange[]> {
    const changes: PostureChange[] = [];
    for (const chunk of chunked(ids, PAGE)) {
      let left = chunk;
      // What somebody read anew meanwhile is judged again, by what is known now.
      while (left.length > 0) {
        const stored = await this.#pipelines.getMany(left);
        const written = await this.#writeEach(stored);
        changes.push(...written.changes);
        left = written.outdated;
      }
    }
    return changes;
  }

  /** What is too old stays so: nothing counts of it but that it is not known. */
  async #writeEach(stored: readonly StoredPipeline[]): Promise<Written> {
    const all: Written = { changes: [], outdated: [] };
    for (const expired of [false, true]) {
      const some = stored.filter(p => p.expired === expired);
      const { changes, outdated } = await this.#write(some, expired);
      all.changes.push(...changes);
      all.outdated.push(...outdated);
    }
    return all;
  }

  /** Because controls, policy or exemptions changed. */
  async applyRubric(signal: AbortSignal): Promise<PostureChange[]> {
    const changes: PostureChange[] = [];
    while (!signal.aborted) {
      const stored = await this.#pipelines.findWithOtherRubric(
        this.#assessor.rubric,
        PAGE,
      );
      if (stored.length === 0) break;
      changes.push(...(await this.#writeEach(stored)).changes);
    }
    return changes;
  }

  /** Because a result that cannot be refreshed does not count for ever. */
  async expire(before: Date, signal: AbortSignal): Promise<number> {
    let count = 0;
    while (!signal.aborted) {
      const stored = await this.#pipelines.findExpired(before, PAGE);
      if (stored.length === 0) break;
      await this.#write(stored, true);
      count += stored.length;
    }
    return count;
  }

  async #write(
    stored: readonly StoredPipeline[],
    expired: boolean,
  ): Promise<Written> {
    if (stored.length === 0) return { changes: [], outdated: [] };
    const now = this.#now();
    const judged = await this.#judge.judge(
      stored.map(({ snapshot, staleSince, collectedAt }) =>
        expired
          ? expiredSnapshot(snapshot, staleSince ?? collectedAt)
          : snapshot,
      ),
      now,
    );
    const all = stored.map((pipeline, i) => ({
      pipeline,
      pipelineId: pipeline.id,
      ...judged[i],
    }));
    return transact(this.#knex, async tx => {
      const changes: PostureChange[] = [];
      await touchScopes(
        tx,
        stored.map(p => p.scopeKey),
      );
      const outdated = [
        ...new Set([
          ...(await this.#pipelines.outdated(tx, stored)),
          ...(await this.#exemptions.decidedSince(tx, all, now)),
        ]),
      ];
      const current = all.filter(p => !outdated.includes(p.pipelineId));
      for (const { pipeline, assessment } of current) {
        const change = await this.#writer.saveReassessed(
          tx,
          pipeline,
          assessment,
          { expired, now },
        );
        if (change) changes.push(change);
      }
      await saveIdentityAttributes(
        tx,
        current.map(({ pipeline }) => pipeline.snapshot),
      );
      await this.#exemptions.lapse(
        tx,
        current.map(({ pipeline, assessment }) => ({
          pipelineId: pipeline.id,
          controlIds: assessment.lapsed,
        })),
        now,
      );
      await this.#entities.makeDirtyByPipelines(
        tx,
        current.map(({ pipeline }) => pipeline.id),
      );
      return { changes, outdated };
    });
  }
}
