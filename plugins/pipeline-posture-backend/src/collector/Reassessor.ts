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
import { PipelineWriter, touchScopes } from '../store/PipelineWriter';

const PAGE = 100;

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
      const stored = await this.#pipelines.getMany(chunk);
      changes.push(
        ...(await this.#write(
          stored.filter(pipeline => !pipeline.expired),
          false,
        )),
      );
    }
    return changes;
  }

  /** Because controls or policy changed. */
  async applyRubric(signal: AbortSignal): Promise<PostureChange[]> {
    const changes: PostureChange[] = [];
    while (!signal.aborted) {
      const stored = await this.#pipelines.findWithOtherRubric(
        this.#assessor.rubric,
        PAGE,
      );
      if (stored.length === 0) break;
      changes.push(
        ...(await this.#write(
          stored.filter(p => !p.expired),
          false,
        )),
      );
      changes.push(
        ...(await this.#write(
          stored.filter(p => p.expired),
          true,
        )),
      );
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
  ): Promise<PostureChange[]> {
    if (stored.length === 0) return [];
    const changes: PostureChange[] = [];
    const now = this.#now();
    const judged = await this.#judge.judge(
      stored.map(({ snapshot, staleSince }) =>
        expired
          ? expiredSnapshot(snapshot, staleSince ?? snapshot.collectedAt)
          : snapshot,
      ),
      now,
    );
    await this.#knex.transaction(async tx => {
      await touchScopes(
        tx,
        stored.map(p => p.scopeKey),
      );
      for (const [i, pipeline] of stored.entries()) {
        const { assessment } = judged[i];
        const change = await this.#writer.saveReassessed(
          tx,
          pipeline,
          assessment,
          { expired, now },
        );
        if (change) changes.push(change);
        await this.#exemptions.lapse(tx, pipeline.id, assessment.lapsed, now);
      }
      await saveIdentityAttributes(
        tx,
        stored.map(p => p.snapshot),
      );
      await this.#entities.makeDirtyByPipelines(
        tx,
        stored.map(p => p.id),
      );
    });
    return changes;
  }
}
