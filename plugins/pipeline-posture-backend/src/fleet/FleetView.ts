import {
  COMPLIANCES,
  DIMENSIONS,
  GRADES,
  ListedStatus,
  PipelineFilter,
  PipelineTier,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { Visible } from '../access/EntityAccess';
import { Fleet, FleetEntity, FleetPipeline } from './Fleet';
import {
  controlOf,
  dimensionOf,
  isListed,
  severityOf,
  SHOWN,
  shownOf,
} from './outcome';

/** Who asks, and what that allows. */
export interface Viewer {
  visible: Visible;
  /** May see pipelines that belong to no entity. */
  unlinked: boolean;
  evidence: boolean;
}

/** What a pipeline deploys to, in the word of filters. */
export const tierOf = ({
  reaches,
}: Pick<FleetPipeline, 'reaches'>): PipelineTier => {
  if (reaches === 'unknown') return 'unknown';
  return reaches === 'yes' ? 'production' : 'non-production';
};

/** Names of the filters, each of which can be left out on its own. */
export type FilterName =
  | 'text'
  | 'provider'
  | 'grade'
  | 'compliance'
  | 'tier'
  | 'entityRef'
  | 'owner'
  | 'system'
  | 'domain'
  | 'lifecycle'
  | 'linked'
  | 'result';

/** One filter of a query. */
export interface FleetFilter {
  name: FilterName;
  test: (pipeline: FleetPipeline) => boolean;
}

/** Which results of a pipeline a query is about. Positions and numbers as in packed outcomes. */
export interface ResultTest {
  control?: number;
  severities: ReadonlySet<number>;
  dimensions: ReadonlySet<number>;
  statuses: ReadonlySet<number>;
}

let viewers = 0;
const viewerNames = new WeakMap<ReadonlySet<string>, number>();

/** A fleet as one caller may see it: what is hidden is in no list, count or sum. */
export class FleetView {
  readonly fleet: Fleet;
  readonly viewer: Viewer;

  constructor(fleet: Fleet, viewer: Viewer) {
    this.fleet = fleet;
    this.viewer = viewer;
  }

  /** Names what the viewer may see, for answers that are kept. */
  get key(): string {
    const { visible, unlinked } = this.viewer;
    if (visible === 'all') return `all ${unlinked}`;
    let name = viewerNames.get(visible);
    if (name === undefined) {
      name = ++viewers;
      viewerNames.set(visible, name);
    }
    return `${name} ${unlinked}`;
  }

  sees(entity: Pick<FleetEntity, 'ref'>): boolean {
    const { visible } = this.viewer;
    return visible === 'all' || visible.has(entity.ref);
  }

  /** Entities of a pipeline that the viewer may see. */
  entitiesOf(pipeline: FleetPipeline): readonly FleetEntity[] {
    const entities = this.fleet.entitiesOf(pipeline);
    if (this.viewer.visible === 'all') return entities;
    return entities.length === 1 && this.sees(entities[0])
      ? entities
      : entities.filter(entity => this.sees(entity));
  }

  /** Whether the viewer may see a pipeline: by one of its entities, or because it has none. */
  allows(pipeline: FleetPipeline): boolean {
    const entities = this.fleet.entitiesOf(pipeline);
    if (entities.length === 0) return this.viewer.unlinked;
    return entities.some(entity => this.sees(entity));
  }

  /** All entities that the viewer may see. */
  entities(): FleetEntity[] {
    const all = [...this.fleet.entities.values()];
    return this.viewer.visible === 'all'
      ? all
      : all.filter(entity => this.sees(entity));
  }

  /** Pipelines that match a query, in no order that means something. */
  matching(query: PipelineFilter): readonly FleetPipeline[] {
    const filters = this.filters(query);
    return this.fleet.once(`match ${this.key} ${JSON.stringify(query)}`, () =>
      this.fleet.pipelines.filter(
        pipeline =>
          this.allows(pipeline) && filters.every(({ test }) => test(pipeline)),
      ),
    );
  }

  /** The filters of a query. */
  filters(query: PipelineFilter): FleetFilter[] {
    const filters: FleetFilter[] = [];
    const add = (name: FilterName, test: FleetFilter['test']) =>
      filters.push({ name, test });
    const { text, provider, grade, compliance, tier, linked } = query;
    if (text) {
      const wanted = text.toLocaleLowerCase('en-US');
      add(
        'text',
        p =>
          p.search.includes(wanted) ||
          this.entitiesOf(p).some(e => e.ref.includes(wanted)),
      );
    }
    if (provider?.length) add('provider', p => provider.includes(p.provider));
    if (grade?.length) add('grade', p => grade.includes(GRADES[p.grade]));
    if (compliance?.length)
      add('compliance', p => compliance.includes(COMPLIANCES[p.compliance]));
    if (tier?.length) add('tier', p => tier.includes(tierOf(p)));
    if (linked !== undefined)
      add('linked', p => this.fleet.entitiesOf(p).length > 0 === linked);
    this.#entityFilters(query, add);
    const result = this.resultTest(query);
    if (result) add('result', p => hasResult(p, result));
    return filters;
  }

  #entityFilters(
    query: PipelineFilter,
    add: (name: FilterName, test: FleetFilter['test']) => void,
  ) {
    const byEntity = (
      name: FilterName,
      values: readonly string[] | undefined,
      valuesOf: (entity: FleetEntity) => readonly (string | undefined)[],
    ) => {
      if (!values?.length) return;
      const wanted = new Set<string | undefined>(values);
      add(name, p =>
        this.entitiesOf(p).some(e => valuesOf(e).some(v => wanted.has(v))),
      );
    };
    byEntity('entityRef', query.entityRef, e => [e.ref]);
    byEntity('owner', query.owner, e =>
      e.owner ? this.fleet.withAbove(e.owner) : [],
    );
    byEntity('system', query.system, e => [e.system]);
    byEntity('domain', query.domain, e => [this.fleet.domainOf(e)]);
    byEntity('lifecycle', query.lifecycle, e => [e.lifecycle]);
  }

  /** What a query says about results; nothing, if it does not. */
  resultTest(
    query: Pick<
      PipelineFilter,
      'control' | 'dimension' | 'severity' | 'status'
    >,
  ): ResultTest | undefined {
    const { control, severity = [], dimension = [], status = [] } = query;
    const kinds = severity.length + dimension.length;
    if (!control && kinds + status.length === 0) return undefined;
    const numbers = [...this.fleet.controls];
    return {
      ...(control && {
        control: numbers.find(([, id]) => id === control)?.[0] ?? -1,
      }),
      severities: new Set(severity.map(s => SEVERITIES.indexOf(s))),
      dimensions: new Set(dimension.map(d => DIMENSIONS.indexOf(d))),
      statuses: statusesOf(status, kinds > 0),
    };
  }
}

/** Positions of statuses; without any, what lists show of a control, and failures of a severity or dimension. */
function statusesOf(
  status: readonly ListedStatus[],
  byKind: boolean,
): ReadonlySet<number> {
  if (status.length > 0) return new Set(status.map(s => SHOWN.indexOf(s)));
  if (byKind) return new Set([SHOWN.indexOf('fail')]);
  return new Set(SHOWN.flatMap((_, i) => (isListed(i) ? [i] : [])));
}

/** Whether one packed result is one that a query is about. */
export const isResult = (bits: number, test: ResultTest) =>
  (test.control === undefined || controlOf(bits) === test.control) &&
  (test.severities.size === 0 || test.severities.has(severityOf(bits))) &&
  (test.dimensions.size === 0 || test.dimensions.has(dimensionOf(bits))) &&
  test.statuses.has(shownOf(bits));

function hasResult({ outcome }: FleetPipeline, test: ResultTest): boolean {
  for (const bits of outcome) if (isResult(bits, test)) return true;
  return false;
}
