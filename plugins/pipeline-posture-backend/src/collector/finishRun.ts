import { Knex } from 'knex';
import { PipelineRef, RunView } from 'backstage-plugin-pipeline-posture-common';
import {
  PipelineProvider,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import { PostureChange } from '../announce/PostureChange';
import { EntityStore } from '../store/EntityStore';
import { PipelineWriter } from '../store/PipelineWriter';
import { RunStore } from '../store/RunStore';
import { ScopeStore } from '../store/ScopeStore';
import { StoredScope } from '../store/scopeRows';
import { transact } from '../store/transact';
import { markStale } from '../store/unread';

/** What a run is allowed to do. */
export interface RunRequest {
  scope: StoredScope;
  provider: PipelineProvider;
  /** Holder of the scope's lease; without it the run touches one pipeline only. */
  owner?: string;
  only?: PipelineRef;
  trigger: RunView['trigger'];
  signal: AbortSignal;
}

/** How far a run is, and what came of it. */
export interface Progress {
  seen: Set<string>;
  identities: Set<string>;
  problems: SourceProblem[];
  changes: PostureChange[];
  startedAt: number;
  incomplete: boolean;
  /** Somebody ended it; what was not read is neither gone nor stale. */
  stopped: boolean;
  total?: number;
  reportedAt: number;
}

/** After a failure a scope is tried again sooner than its turn, but later each time. */
const retryAfterMs = (failures: number, every: number) =>
  Math.min(every, 60_000 * 2 ** Math.min(failures, 8));

/** What the end of a run needs. */
export interface FinishOptions {
  knex: Knex;
  scopes: ScopeStore;
  runs: RunStore;
  writer: PipelineWriter;
  entities: EntityStore;
  collectEveryMs: number;
  now: () => Date;
}

/** Ends a run in one transaction: what was not seen is gone, or stale, and the scope has its next turn. @returns how it ended */
export async function finishRun(
  options: FinishOptions,
  request: RunRequest,
  runId: string,
  progress: Progress,
  error?: string,
): Promise<RunView['status']> {
  const { scope, owner, only } = request;
  const { knex, writer, entities, scopes, runs, collectEveryMs } = options;
  const now = options.now();
  let status: RunView['status'] = 'succeeded';
  // A pipeline that was checked on request was read, even where the list of the others was cut short.
  const wasRead = !owner && only !== undefined && progress.seen.size > 0;
  if ((progress.incomplete && !wasRead) || progress.stopped)
    status = 'incomplete';
  if (error !== undefined) status = 'failed';
  if (!owner && only && status === 'succeeded' && progress.seen.size === 0) {
    progress.problems.push({
      subject: only.id,
      effect: 'Its last results stay until the next run over the whole scope.',
      reason: {
        code: 'not-found',
        message: 'The source no longer has this pipeline, or hides it.',
        actor: 'platform-team',
        action: 'Check in the source whether it was renamed or removed.',
      },
    });
    status = 'incomplete';
  }
  await transact(knex, async tx => {
    if (owner) {
      await scopes.hold(tx, scope.key, owner);
      if (status === 'succeeded') {
        const gone = await writer.markGone(tx, scope.key, progress.seen, now);
        await entities.relinkPipelines(tx, gone.ids);
        gone.identities.forEach(identity => progress.identities.add(identity));
      } else if (!progress.stopped) {
        await markStale(tx, scope.key, progress.seen, now);
      }
      const ended = status === 'failed' ? 'bad' : 'good';
      const went = progress.stopped ? 'stopped' : ended;
      const fine = went === 'good' || (went === 'stopped' && !scope.failures);
      const wait = fine
        ? collectEveryMs
        : retryAfterMs(scope.failures, collectEveryMs);
      await scopes.release(tx, scope.key, owner, {
        runId,
        went,
        nextRunAt: new Date(now.getTime() + wait),
        wasDueAt: scope.nextRunAt,
        now,
      });
    }
    await runs.finish(tx, runId, {
      status,
      problems: progress.problems,
      done: progress.seen.size,
      stopped: progress.stopped,
      error,
      now,
    });
  });
  return status;
}
