import { Hierarchy } from './Hierarchy';

/** An entity as lists and counts need it. */
export interface FleetEntity {
  ref: string;
  owner?: string;
  system?: string;
  lifecycle?: string;
  /** Absent where it has no pipelines. Grade and compliance are positions in `GRADES` and `COMPLIANCES`. */
  score?: number;
  grade: number;
  compliance: number;
  pipelineIds: readonly string[];
}

/** A pipeline as lists and counts need it. */
export interface FleetPipeline {
  id: string;
  scopeKey: string;
  provider: string;
  /** Name and scope, lower case. */
  search: string;
  reaches: 'yes' | 'no' | 'unknown';
  score: number;
  /** Positions in `GRADES` and `COMPLIANCES`. */
  grade: number;
  compliance: number;
  failing: number;
  unknown: number;
  collectedAt: string;
  /** See `outcome.ts`. */
  outcome: Uint32Array;
}

/** What a fleet is made of. */
export interface FleetParts {
  pipelines: Iterable<FleetPipeline>;
  entities: Iterable<FleetEntity>;
  /** What is above each group and system. */
  parents: ReadonlyMap<string, string | undefined>;
  /** Ids of controls by the numbers in outcomes. */
  controls: ReadonlyMap<number, string>;
}

/** What pipelines can be ordered by. */
export type FleetOrder =
  | 'id'
  | 'name'
  | 'score'
  | 'grade'
  | 'failing'
  | 'unknown'
  | 'collected';

const KEYS: Record<FleetOrder, (p: FleetPipeline) => string | number> = {
  id: p => p.id,
  name: p => p.search,
  score: p => p.score,
  grade: p => p.grade,
  failing: p => p.failing,
  unknown: p => p.unknown,
  collected: p => p.collectedAt,
};

/** What a pipeline is ordered by. */
export const orderKeyOf = (pipeline: FleetPipeline, order: FleetOrder) =>
  KEYS[order](pipeline);

const NONE: readonly FleetEntity[] = [];

const MOST_ANSWERS = 200;

/**
 * All pipelines and entities at one moment, in memory. It never changes; what follows from it is worked out once.
 */
export class Fleet {
  readonly pipelines: readonly FleetPipeline[];
  readonly entities: ReadonlyMap<string, FleetEntity>;
  readonly controls: ReadonlyMap<number, string>;
  readonly hierarchy: Hierarchy;
  readonly #byId: ReadonlyMap<string, FleetPipeline>;
  readonly #entitiesOf = new Map<string, readonly FleetEntity[]>();
  readonly #orders = new Map<string, readonly FleetPipeline[]>();
  readonly #answers = new Map<string, unknown>();
  readonly #names = new WeakMap<readonly FleetPipeline[], number>();
  #named = 0;

  constructor(parts: FleetParts) {
    this.pipelines = [...parts.pipelines];
    this.entities = new Map([...parts.entities].map(e => [e.ref, e]));
    this.controls = parts.controls;
    this.hierarchy = new Hierarchy(parts.parents);
    this.#byId = new Map(this.pipelines.map(p => [p.id, p]));
    for (const entity of this.entities.values()) {
      const own = [entity];
      for (const id of entity.pipelineIds) {
        if (!this.#byId.has(id)) continue;
        const others = this.#entitiesOf.get(id);
        this.#entitiesOf.set(id, others ? [...others, entity] : own);
      }
    }
  }

  pipeline(id: string): FleetPipeline | undefined {
    return this.#byId.get(id);
  }

  /** Entities of a pipeline, whoever may see them. */
  entitiesOf(pipeline: Pick<FleetPipeline, 'id'>): readonly FleetEntity[] {
    return this.#entitiesOf.get(pipeline.id) ?? NONE;
  }

  /** A group or system with everything above it, itself first. */
  withAbove(ref: string): readonly string[] {
    return this.hierarchy.withAbove(ref);
  }

  /** The domain of an entity's system. */
  domainOf(entity: FleetEntity): string | undefined {
    return this.hierarchy.domainOf(entity);
  }

  /** All pipelines in an order; equals by id, ascending, whatever the direction. */
  ordered(
    order: FleetOrder,
    direction: 'asc' | 'desc',
  ): readonly FleetPipeline[] {
    const name = `${order} ${direction}`;
    let sorted = this.#orders.get(name);
    if (!sorted) {
      const keyOf = KEYS[order];
      sorted = [...this.pipelines].sort((a, b) =>
        compareIn(order, direction, a, { key: keyOf(b), id: b.id }),
      );
      this.#orders.set(name, sorted);
    }
    return sorted;
  }

  /** Names a list that the fleet keeps, for answers that follow from it. */
  nameOf(list: readonly FleetPipeline[]): number {
    let name = this.#names.get(list);
    if (name === undefined) {
      name = ++this.#named;
      this.#names.set(list, name);
    }
    return name;
  }

  /** Works something out once: the fleet never changes. The oldest answers make room; what failed is tried again. */
  once<T>(key: string, work: () => T): T {
    if (this.#answers.has(key)) return this.#answers.get(key) as T;
    const answer = work();
    this.#answers.set(key, answer);
    if (answer instanceof Promise)
      answer.catch(() => {
        if (this.#answers.get(key) === answer) this.#answers.delete(key);
      });
    if (this.#answers.size > MOST_ANSWERS) {
      const [oldest] = this.#answers.keys();
      this.#answers.delete(oldest);
    }
    return answer;
  }
}

/** Compares a pipeline with a place in an ordered list. */
export function compareIn(
  order: FleetOrder,
  direction: 'asc' | 'desc',
  pipeline: FleetPipeline,
  place: { key: string | number; id: string },
): number {
  const key = KEYS[order](pipeline);
  if (key === place.key)
    return pipeline.id < place.id ? -1 : Number(pipeline.id > place.id);
  return key < place.key === (direction === 'asc') ? -1 : 1;
}
