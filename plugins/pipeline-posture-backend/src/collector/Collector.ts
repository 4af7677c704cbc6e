import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  PipelineRef,
  RunView,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import {
  PipelineProvider,
  Scope,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import { scopeKey, sourceKey } from '../store/keys';
import { RunStore } from '../store/RunStore';
import { ScopeStore } from '../store/ScopeStore';
import { StoredScope } from '../store/scopeRows';
import { ScopeRunner } from './ScopeRunner';

/** How often a replica looks for due scopes. */
const POLL_MS = 2_000;
/** How long a source that is no longer configured keeps its pipelines, unknown by then: somebody may put it back. */
const KEEP_SOURCE_MS = 30 * 24 * 3600_000;

interface CheckEnd {
  runId: string;
  status: RunView['status'];
}

/**
 * Spreads scopes over replicas: each replica takes the next due ones that it has room for, and the lease of a dead one runs out.
 */
export class Collector {
  readonly #providers: readonly PipelineProvider[];
  readonly #scopes: ScopeStore;
  readonly #runs: RunStore;
  readonly #runner: ScopeRunner;
  readonly #logger: LoggerService;
  readonly #scopesAtOnce: number;
  readonly #leaseMs: number;
  readonly #now: () => Date;
  readonly #replica = randomUUID();
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<unknown>>();
  readonly #checking = new Map<string, Promise<CheckEnd>>();
  /** Readings that begin when the one that goes on has ended. */
  readonly #next = new Map<string, Promise<CheckEnd>>();
  #timer?: NodeJS.Timeout;
  #polling = false;

  constructor(options: {
    providers: readonly PipelineProvider[];
    scopes: ScopeStore;
    runs: RunStore;
    runner: ScopeRunner;
    logger: LoggerService;
    scopesAtOnce: number;
    leaseMs: number;
    now: () => Date;
  }) {
    this.#providers = options.providers;
    this.#scopes = options.scopes;
    this.#runs = options.runs;
    this.#runner = options.runner;
    this.#logger = options.logger;
    this.#scopesAtOnce = options.scopesAtOnce;
    this.#leaseMs = options.leaseMs;
    this.#now = options.now;
  }

  start(): void {
    this.#timer = setInterval(() => this.#pollSafely(), POLL_MS);
    this.#timer.unref();
    this.#pollSafely();
  }

  /** Stops taking scopes, ends what is going on, and waits for it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort(new Error('The backend is shutting down'));
    await Promise.allSettled(this.#working);
  }

  /** Lists the scopes of every source into the database. One source that fails does not stop the others. */
  async discover(signal: AbortSignal): Promise<void> {
    for (const provider of this.#providers) {
      const found = new Map(
        provider.sources.map(source => [
          source.id,
          {
            source,
            scopes: [] as Scope[],
            problems: [] as SourceProblem[],
            complete: true,
          },
        ]),
      );
      let failed = false;
      try {
        for await (const event of provider.discover({
          logger: this.#logger,
          signal,
        })) {
          const sourceId =
            event.type === 'scope' ? event.scope.sourceId : event.sourceId;
          const place = found.get(sourceId);
          if (!place) continue;
          if (event.type === 'scope') place.scopes.push(event.scope);
          if (event.type === 'problem') place.problems.push(event.problem);
          if (event.type === 'incomplete') place.complete = false;
        }
      } catch (error) {
        failed = true;
        this.#logger.error(`Discovery of ${provider.title} failed`, {
          error: error instanceof Error ? error.name : 'unexpected error',
        });
      }
      for (const { source, scopes, problems, complete } of found.values()) {
        for (const { subject, reason, effect } of problems) {
          this.#logger.warn(`${source.title}: ${reason.message}`, {
            subject,
            effect,
            action: reason.action,
          });
        }
        await this.#scopes.saveDiscovery(
          { provider: provider.id, id: source.id, title: source.title },
          scopes,
          {
            complete: complete && !failed,
            failed,
            problems,
            now: this.#now(),
          },
        );
      }
    }
    await this.#scopes.retireSources(
      this.#providers.flatMap(({ id, sources }) =>
        sources.map(source => sourceKey(id, source.id)),
      ),
      new Date(this.#now().getTime() - KEEP_SOURCE_MS),
      this.#now(),
    );
    // What was found is due at once; there is no need to wait for the next look.
    if (this.#timer) this.#pollSafely();
  }

  /** Takes due scopes and works on them. @returns when everything that it took is done */
  async poll(): Promise<void> {
    const taken: Promise<unknown>[] = [];
    for (const provider of this.#providers) {
      for (const source of provider.sources) {
        const room = this.#scopesAtOnce - this.#working.size;
        if (room <= 0 || this.#stopping.signal.aborted) break;
        const owner = `${this.#replica}/${randomUUID()}`;
        const scopes = await this.#scopes.claim({
          provider: provider.id,
          sourceId: source.id,
          maxAtOnce: source.maxScopesAtOnce,
          limit: room,
          owner,
          leaseMs: this.#leaseMs,
          now: this.#now(),
        });
        taken.push(...scopes.map(scope => this.#work(provider, scope, owner)));
      }
    }
    await Promise.all(taken);
  }

  #work(
    provider: PipelineProvider,
    scope: StoredScope,
    owner: string,
  ): Promise<unknown> {
    const work = this.#runner
      .run({
        scope,
        provider,
        owner,
        trigger: 'schedule',
        signal: this.#stopping.signal,
      })
      .catch(error => {
        this.#logger.error(`A run over ${scope.title} could not be recorded`, {
          error: error instanceof Error ? error.name : 'unexpected error',
        });
      })
      .finally(() => this.#working.delete(work));
    this.#working.add(work);
    return work;
  }

  /**
   * Makes a scope due now. Whichever replica has room takes it.
   *
   * @throws NotFoundError if it is not collected
   */
  async runSoon(key: string): Promise<void> {
    if (!(await this.#scopes.get(key))) {
      throw new NotFoundError('There is no such scope');
    }
    await this.#scopes.makeDue([key], this.#now());
    if (this.#timer) this.#pollSafely();
  }

  /**
   * Ends the run that is going on in a scope, whichever replica works on it.
   *
   * @throws NotFoundError if the scope is not collected
   * @throws ConflictError if no run is going on
   */
  async stopRun(key: string): Promise<void> {
    if (!(await this.#scopes.get(key))) {
      throw new NotFoundError('There is no such scope');
    }
    if (!(await this.#runs.requestStop(key))) {
      throw new ConflictError('No run is going on there');
    }
  }

  /**
   * Reads one pipeline anew. Several requests for the same pipeline share one reading; an event waits for the one that
   * goes on and has its own after it, for that one may have read already what has just been changed.
   *
   * @throws NotFoundError if its scope is no longer collected
   * @throws ConflictError if the backend is shutting down
   */
  checkAgain(
    ref: PipelineRef,
    trigger: RunView['trigger'] = 'check-again',
  ): Promise<CheckEnd> {
    const id = stringifyPipelineRef(ref);
    const going = this.#checking.get(id);
    if (!going) return this.#startCheck(ref, trigger);
    if (trigger !== 'event') return going;
    const next =
      this.#next.get(id) ??
      going
        .catch(() => {})
        .then(() => {
          this.#next.delete(id);
          return this.#checking.get(id) ?? this.#startCheck(ref, trigger);
        });
    this.#next.set(id, next);
    return next;
  }

  #startCheck(
    ref: PipelineRef,
    trigger: RunView['trigger'],
  ): Promise<CheckEnd> {
    const id = stringifyPipelineRef(ref);
    const check = this.#check(ref, trigger).finally(() => {
      this.#checking.delete(id);
      this.#working.delete(check);
    });
    this.#checking.set(id, check);
    this.#working.add(check);
    return check;
  }

  async #check(ref: PipelineRef, trigger: RunView['trigger']) {
    const provider = this.#providers.find(p => p.id === ref.provider);
    const scope = await this.#scopes.get(
      scopeKey({ provider: ref.provider, id: ref.scope }),
    );
    if (!provider || !scope) {
      throw new NotFoundError(
        'The source of this pipeline is no longer configured',
      );
    }
    const { signal } = this.#stopping;
    if (signal.aborted) {
      throw new ConflictError('The backend is shutting down');
    }
    return this.#runner.run({ scope, provider, only: ref, trigger, signal });
  }

  async #pollSafely(): Promise<void> {
    if (this.#polling) return;
    this.#polling = true;
    try {
      // Runs go on by themselves; the next poll only needs the claims to be made.
      const polled = this.poll();
      await Promise.race([
        polled,
        new Promise(done => setTimeout(done, POLL_MS).unref()),
      ]);
      polled.catch(() => {});
    } catch (error) {
      this.#logger.warn('Could not look for due scopes', {
        error: error instanceof Error ? error.name : 'unexpected error',
      });
    } finally {
      this.#polling = false;
    }
  }
}
