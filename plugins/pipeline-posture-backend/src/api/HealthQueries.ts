import {
  CollectorHealth,
  ScopeView,
  SourceHealth,
} from 'backstage-plugin-pipeline-posture-common';
import { ScopeStore } from '../store/ScopeStore';
import { CollectorQueries } from './CollectorQueries';

const ORDER: readonly SourceHealth['state'][] = [
  'ok',
  'scheduled',
  'incomplete',
  'failing',
];

const worst = (states: readonly SourceHealth['state'][]) =>
  ORDER[Math.max(0, ...states.map(state => ORDER.indexOf(state)))];

/** A scope that is being read says how its last reading went by its failures only. */
const stateOf = ({
  state,
  lastGoodRunAt,
}: ScopeView): SourceHealth['state'] => {
  if (state !== 'running') return state;
  return lastGoodRunAt ? 'ok' : 'scheduled';
};

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
    const stored = await this.#scopes.sources();
    const sources = stored.map((source): SourceHealth => {
      const { provider, sourceId, title, problems } = source;
      const scopes = items.filter(
        scope => scope.provider === provider && scope.sourceId === sourceId,
      );
      const failing = scopes.filter(scope => stateOf(scope) === 'failing');
      const discovery = discoveryStateOf(source);
      const state = worst([discovery, ...scopes.map(stateOf)]);
      const goods = [
        ...failing.map(scope => scope.lastGoodRunAt),
        ...(discovery === 'failing' ? [source.goodAt] : []),
      ].filter((at): at is string => at !== undefined);
      return {
        provider,
        sourceId,
        title,
        state,
        ...(state === 'failing' &&
          goods.length > 0 && { since: goods.sort()[0] }),
        scopes: scopes.length,
        failingScopes: failing.length,
        ...(source.discoveredAt && { discoveredAt: source.discoveredAt }),
        problems,
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
