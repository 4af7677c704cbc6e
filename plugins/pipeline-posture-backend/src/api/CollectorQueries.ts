import { Knex } from 'knex';
import {
  Page,
  RunView,
  ScopeView,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineProvider } from 'backstage-plugin-pipeline-posture-node';
import { RunStore, StoredRun } from '../store/RunStore';
import { ScopeStore } from '../store/ScopeStore';
import { StoredScope, StoredSource } from '../store/scopeRows';

type Standing = Exclude<ScopeView['state'], 'running'>;

function standingOf(
  scope: StoredScope,
  configured: boolean,
  last?: StoredRun,
): Standing {
  if (!configured) return 'not-configured';
  if (scope.failures > 0) return 'failing';
  if (!last) return 'scheduled';
  if (last.status === 'failed' || last.status === 'abandoned') return 'failing';
  return last.status === 'incomplete' || last.problems.length > 0
    ? 'incomplete'
    : 'ok';
}

const toRunView = (run: StoredRun, title: string): RunView => {
  const { scopeKey, ...rest } = run;
  return { ...rest, scopeId: scopeKey, scopeTitle: title };
};

/** What the collector does, for those who look after it. */
export class CollectorQueries {
  readonly #knex: Knex;
  readonly #scopes: ScopeStore;
  readonly #runs: RunStore;
  readonly #providers: readonly PipelineProvider[];

  constructor(options: {
    knex: Knex;
    scopes: ScopeStore;
    runs: RunStore;
    providers: readonly PipelineProvider[];
  }) {
    this.#knex = options.knex;
    this.#scopes = options.scopes;
    this.#runs = options.runs;
    this.#providers = options.providers;
  }

  /** Whether anything still reads a source. */
  isConfigured(source: { provider: string; sourceId: string }): boolean {
    return this.#providers.some(
      ({ id, sources }) =>
        id === source.provider &&
        sources.some(one => one.id === source.sourceId),
    );
  }

  async scopes(): Promise<{
    items: ScopeView[];
    sources: StoredSource[];
  }> {
    const scopes = await this.#scopes.list();
    const last = await this.#runs.getMany(
      scopes.flatMap(s => s.lastRunId ?? []),
    );
    const running = await this.#runs.running(scopes.map(s => s.key));
    const counts: Array<{ scope_key: string; n: number | string }> =
      await this.#knex('pipelines')
        .whereNull('gone_at')
        .groupBy('scope_key')
        .select('scope_key', this.#knex.raw('count(*) as n'));
    const pipelines = new Map(
      counts.map(row => [row.scope_key, Number(row.n)]),
    );
    const items = scopes.map((scope): ScopeView => {
      const ended = scope.lastRunId ? last.get(scope.lastRunId) : undefined;
      const going = running.get(scope.key);
      const lastRun = going ?? ended;
      const standing = standingOf(scope, this.isConfigured(scope), ended);
      return {
        id: scope.key,
        provider: scope.provider,
        title: scope.title,
        sourceId: scope.sourceId,
        state: going ? 'running' : standing,
        ...(going && { standing }),
        pipelines: pipelines.get(scope.key) ?? 0,
        nextRunAt: scope.nextRunAt,
        ...(lastRun && { lastRun: toRunView(lastRun, scope.title) }),
        ...(going &&
          ended && { lastFinishedRun: toRunView(ended, scope.title) }),
        ...(scope.lastGoodRunAt && { lastGoodRunAt: scope.lastGoodRunAt }),
      };
    });
    return { items, sources: await this.#scopes.sources() };
  }

  async runs(query: {
    scopeId?: string;
    page: number;
    size: number;
  }): Promise<Page<RunView>> {
    const { page, size, scopeId } = query;
    const { items, total } = await this.#runs.list({
      scopeKey: scopeId,
      offset: (page - 1) * size,
      limit: size,
    });
    const titles = new Map(
      (await this.#scopes.list()).map(s => [s.key, s.title]),
    );
    return {
      items: items.map(run =>
        toRunView(run, titles.get(run.scopeKey) ?? run.scopeKey),
      ),
      total,
      page,
      size,
    };
  }
}
