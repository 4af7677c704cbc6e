import {
  CollectorHealth,
  ProblemView,
  ScopeView,
  SourceHealth,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeStore } from '../store/ScopeStore';
import { StoredSource } from '../store/scopeRows';
import { CollectorQueries } from './CollectorQueries';

const ORDER: readonly SourceHealth['state'][] = [
  'ok',
  'scheduled',
  'not-configured',
  'incomplete',
  'failing',
];

const worst = (states: readonly SourceHealth['state'][]) =>
  ORDER[Math.max(0, ...states.map(state => ORDER.indexOf(state)))];

/** A scope that is being read stands as its last reading left it: a source that fails is not well while it is tried again. */
const stateOf = ({ state, standing }: ScopeView): SourceHealth['state'] =>
  state === 'running' ? standing ?? 'scheduled' : state;

const taken = (title: string): ProblemView => ({
  subject: title,
  effect:
    'Its results become unknown when they are too old, and its pipelines are gone after 30 days.',
  reason: {
    code: 'not-connected',
    message: 'It is no longer configured; nothing reads it any more.',
    actor: 'platform-team',
    action:
      'Put it back into the configuration of the backend, or let it run out.',
  },
});

/** Which source fails, and since when. */
export class HealthQueries {
  readonly #scopes: ScopeStore;
  readonly #collector: CollectorQueries;

  constructor(options: { scopes: ScopeStore; collector: CollectorQueries }) {
    this.#scopes = options.scopes;
    this.#collector = options.collector;
  }

  async health(): Promise<CollectorHealth> {
    const { items } = await this.#collector.scopes();
    const scopesOf = ({ provider, sourceId }: StoredSource) =>
      items.filter(
        scope => scope.provider === provider && scope.sourceId === sourceId,
      );
    const isThere = (source: StoredSource) =>
      this.#collector.isConfigured(source);
    const stored = (await this.#scopes.sources()).filter(
      source => isThere(source) || scopesOf(source).length > 0,
    );
    const sources = stored.map((source): SourceHealth => {
      const { provider, sourceId, title, discoveredAt } = source;
      const scopes = scopesOf(source);
      const about = {
        provider,
        sourceId,
        title,
        scopes: scopes.length,
        ...(discoveredAt && { discoveredAt }),
      };
      if (!isThere(source)) {
        return {
          ...about,
          state: 'not-configured',
          failingScopes: 0,
          problems: [taken(title)],
        };
      }
      const failing = scopes.filter(scope => stateOf(scope) === 'failing');
      const discovery = discoveryStateOf(source);
      const state = worst([discovery, ...scopes.map(stateOf)]);
      const goods = [
        ...failing.map(scope => scope.lastGoodRunAt),
        ...(discovery === 'failing' ? [source.goodAt] : []),
      ].filter((at): at is string => at !== undefined);
      return {
        ...about,
        state,
        ...(state === 'failing' &&
          goods.length > 0 && { since: goods.sort()[0] }),
        failingScopes: failing.length,
        problems: source.problems,
      };
    });
    return { state: worst(sources.map(source => source.state)), sources };
  }
}

function discoveryStateOf(source: {
  discoveredAt?: string;
  goodAt?: string;
  problems: readonly unknown[];
}): SourceHealth['state'] {
  if (!source.discoveredAt) return 'scheduled';
  if (source.goodAt !== source.discoveredAt) return 'failing';
  return source.problems.length > 0 ? 'incomplete' : 'ok';
}
