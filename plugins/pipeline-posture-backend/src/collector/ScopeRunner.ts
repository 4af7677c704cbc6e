import { LoggerService } from '@backstage/backend-plugin-api';
import { TracingService } from '@backstage/backend-plugin-api/alpha';
import { Knex } from 'knex';
import {
  PipelineSnapshot,
  RunView,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { Announcer } from '../announce/Announcer';
import { RunMetrics } from '../operations/RunMetrics';
import { Judge } from '../evaluation/Judge';
import { ExemptionStore } from '../exemptions/ExemptionStore';
import { HistoryStore } from '../history/HistoryStore';
import { CheckpointStore } from '../store/CheckpointStore';
import { databaseTrouble } from '../store/databaseError';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { PipelineWriter } from '../store/PipelineWriter';
import { RunStore } from '../store/RunStore';
import { LeaseLostError, ScopeStore } from '../store/ScopeStore';
import { touchScopes } from '../store/scopeLocks';
import { transact } from '../store/transact';
import { Reassessor } from './Reassessor';
import { boundIds } from './boundIds';
import { finishRun, Progress, RunRequest } from './finishRun';
import { guardRun } from './guardRun';

/** Pipelines that are written in one transaction. */
const BATCH = 50;
const PROGRESS_EVERY_MS = 1000;
const MOST_OF_ERROR = 2000;

/** Everything that a run needs. */
export interface ScopeRunnerOptions {
  knex: Knex;
  scopes: ScopeStore;
  runs: RunStore;
  checkpoints: CheckpointStore;
  pipelines: PipelineStore;
  writer: PipelineWriter;
  entities: EntityStore;
  exemptions: ExemptionStore;
  history: HistoryStore;
  judge: Judge;
  announcer: Announcer;
  metrics: RunMetrics;
  tracing: TracingService;
  reassessor: Reassessor;
  logger: LoggerService;
  collectEveryMs: number;
  leaseMs: number;
  now: () => Date;
}

/**
 * Runs over one scope: reads, assesses and writes its pipelines in batches. What was written stays, whatever happens after.
 */
export class ScopeRunner {
  readonly #o: ScopeRunnerOptions;
  readonly #scanner = new SecretScanner();

  constructor(options: ScopeRunnerOptions) {
    this.#o = options;
  }

  /** @returns how the run ended; failures of a source are an outcome, not an error */
  run(
    request: RunRequest,
  ): Promise<{ runId: string; status: RunView['status'] }> {
    const { scope, trigger } = request;
    // Never the name of a scope or a pipeline: traces go to people who may not see them.
    const attributes = {
      'pipeline_posture.provider': scope.provider,
      'pipeline_posture.trigger': trigger,
    };
    return this.#o.tracing.startActiveSpan(
      'pipeline_posture.run',
      { attributes },
      async span => {
        const ended = await this.#run(request);
        span.setAttribute('pipeline_posture.status', ended.status);
        if (ended.status === 'failed') span.setStatus({ code: 'error' });
        return ended;
      },
    );
  }

  async #run(
    request: RunRequest,
  ): Promise<{ runId: string; status: RunView['status'] }> {
    const { scope, trigger } = request;
    const runId = await this.#o.runs.start(scope.key, trigger, this.#o.now());
    const progress: Progress = {
      seen: new Set(),
      identities: new Set(),
      problems: [],
      changes: [],
      startedAt: Date.now(),
      incomplete: false,
      stopped: false,
      reportedAt: 0,
    };
    const logger = this.#o.logger.child({ scope: scope.title, run: runId });
    let error: string | undefined;
    const guard = guardRun({ ...this.#o, ...request, runId });
    try {
      await this.#collect(
        { ...request, signal: guard.signal },
        runId,
        progress,
        logger,
      );
    } catch (thrown) {
      if (thrown instanceof LeaseLostError) {
        logger.warn('Another replica has taken over this scope');
        await this.#o.runs.finish(this.#o.knex, runId, {
          status: 'abandoned',
          problems: progress.problems,
          done: progress.seen.size,
          now: this.#o.now(),
        });
        return { runId, status: 'abandoned' };
      }
      progress.stopped = guard.stopped();
      if (!progress.stopped) {
        error = this.#told(thrown);
        logger.error(`The run failed: ${error}`);
      }
    } finally {
      guard.end();
    }
    const status = await finishRun(this.#o, request, runId, progress, error);
    await this.#settle(progress);
    await this.#announce(request, runId, progress, status);
    logger.info('Run ended', {
      status,
      pipelines: progress.seen.size,
      problems: progress.problems.length,
    });
    return { runId, status };
  }

  /** What may be kept of an error: no statement with snapshots in it, no secret, no whole page. */
  #told(thrown: unknown): string {
    const message =
      thrown instanceof Error ? thrown.message : 'unexpected error';
    return (
      databaseTrouble(thrown) ??
      this.#scanner.redact(message).slice(0, MOST_OF_ERROR)
    );
  }

  async #collect(
    request: RunRequest,
    runId: string,
    progress: Progress,
    logger: LoggerService,
  ) {
    const { scope, provider, only, signal } = request;
    let batch: PipelineSnapshot[] = [];
    const flush = async () => {
      if (batch.length === 0) return;
      const snapshots = batch;
      batch = [];
      await this.#write(request, runId, snapshots, progress);
    };
    for await (const event of provider.collect(scope, {
      checkpoints: this.#o.checkpoints.forScope(scope.key),
      logger,
      signal,
      now: this.#o.now(),
      ...(only && { only }),
    })) {
      signal.throwIfAborted();
      if (event.type === 'snapshot') batch.push(boundIds(event.snapshot));
      if (event.type === 'problem') progress.problems.push(event.problem);
      if (event.type === 'incomplete') progress.incomplete = true;
      if (event.type === 'progress') progress.total = event.total;
      if (batch.length >= BATCH) await flush();
      await this.#report(runId, progress);
    }
    await flush();
  }

  async #write(
    request: RunRequest,
    runId: string,
    snapshots: PipelineSnapshot[],
    progress: Progress,
  ) {
    const { writer, entities, exemptions, history, judge, scopes, knex } =
      this.#o;
    const { scope, owner } = request;
    const now = this.#o.now();
    const ids = snapshots.map(s => stringifyPipelineRef(s.ref));
    let judged = await judge.judge(snapshots, now);
    const write = () =>
      transact(knex, async tx => {
        if (owner) await scopes.hold(tx, scope.key, owner);
        await touchScopes(tx, [scope.key]);
        const decided = await exemptions.decidedSince(
          tx,
          ids.map((pipelineId, i) => ({ ...judged[i], pipelineId })),
          now,
        );
        if (decided.length > 0) return undefined;
        const saved = await writer.save(
          tx,
          snapshots.map((snapshot, i) => ({
            snapshot,
            assessment: judged[i].assessment,
          })),
          { scopeKey: scope.key, runId, now },
        );
        const lapsed = ids.flatMap((pipelineId, i) =>
          saved.overtaken.has(pipelineId)
            ? []
            : [{ pipelineId, controlIds: judged[i].assessment.lapsed }],
        );
        await exemptions.lapse(tx, lapsed, now);
        await entities.relinkPipelines(tx, saved.rekeyed);
        await entities.makeDirtyByPipelines(tx, saved.changed);
        return saved;
      });
    let outcome = await write();
    // Somebody decided about an exemption in between; what was judged before that must not be written after it.
    while (!outcome) {
      request.signal.throwIfAborted();
      judged = await judge.judge(snapshots, now);
      outcome = await write();
    }
    outcome.identities.forEach(identity => progress.identities.add(identity));
    progress.changes.push(...outcome.changes);
    judged.forEach(({ assessment }) =>
      this.#o.metrics.assessed(scope.provider, assessment),
    );
    ids.forEach(id => progress.seen.add(id));
    await this.#settleEntities();
    await history.noteEntitiesDay(ids, now);
  }

  async #announce(
    { scope }: RunRequest,
    runId: string,
    progress: Progress,
    status: RunView['status'],
  ) {
    const { announcer, metrics } = this.#o;
    const done = progress.seen.size;
    metrics.run({
      provider: scope.provider,
      status,
      seconds: (Date.now() - progress.startedAt) / 1000,
      problems: progress.problems,
    });
    await announcer.announce(progress.changes);
    await announcer.progress({ id: runId, done, total: done, status });
    await announcer.runFinished({
      id: runId,
      scope: scope.key,
      status,
      pipelines: done,
    });
  }

  /**
   * Pipelines that share an identity with what changed are judged again: those elsewhere, and those of this run, since
   * a run elsewhere may have been writing while this one judged, so that neither saw the other.
   */
  async #settle(progress: Progress) {
    const sharing = await this.#o.pipelines.sharing(
      [...progress.identities],
      progress.seen,
    );
    progress.changes.push(...(await this.#o.reassessor.reassess(sharing)));
    await this.#settleEntities();
  }

  async #settleEntities() {
    for await (const changed of this.#o.entities.settleDirty()) {
      await this.#o.announcer.labelsChanged(changed);
    }
  }

  async #report(runId: string, progress: Progress) {
    const at = Date.now();
    if (at - progress.reportedAt < PROGRESS_EVERY_MS) return;
    progress.reportedAt = at;
    const done = progress.seen.size;
    await this.#o.runs.progress(runId, done, progress.total);
    await this.#o.announcer.progress({
      id: runId,
      done,
      total: progress.total,
      status: 'running',
    });
  }
}
