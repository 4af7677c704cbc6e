import {
  COMPLIANCES,
  DIMENSIONS,
  FacetValue,
  FleetFacets,
  GRADES,
  ListedStatus,
  MOST_FACET_VALUES,
  PipelineFilter,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetPipeline } from './Fleet';
import {
  FilterName,
  FleetView,
  isResult,
  ResultTest,
  tierOf,
} from './FleetView';
import {
  controlOf,
  dimensionOf,
  isListed,
  severityOf,
  SHOWN,
  shownOf,
} from './outcome';

type FacetName = Exclude<keyof FleetFacets, 'total' | 'asOf'>;

/** Facets that are about the pipeline or its entities, by the filter that each leaves out. */
const PLAIN: Array<
  [
    FacetName & FilterName,
    (view: FleetView, p: FleetPipeline) => Iterable<string>,
  ]
> = [
  ['provider', (_, p) => [p.provider]],
  ['grade', (_, p) => [GRADES[p.grade]]],
  ['compliance', (_, p) => [COMPLIANCES[p.compliance]]],
  ['tier', (_, p) => [tierOf(p)]],
  ['lifecycle', (view, p) => ofEntities(view, p, e => [e.lifecycle])],
  [
    'owner',
    (view, p) =>
      ofEntities(view, p, e => (e.owner ? view.fleet.withAbove(e.owner) : [])),
  ],
  ['system', (view, p) => ofEntities(view, p, e => [e.system])],
  ['domain', (view, p) => ofEntities(view, p, e => [view.fleet.domainOf(e)])],
];

type EntitiesOf = ReturnType<FleetView['entitiesOf']>;

/** Values of the entities of a pipeline, each once. */
function ofEntities(
  view: FleetView,
  pipeline: FleetPipeline,
  valuesOf: (entity: EntitiesOf[number]) => readonly (string | undefined)[],
): Iterable<string> {
  const values = new Set<string>();
  for (const entity of view.entitiesOf(pipeline))
    for (const value of valuesOf(entity)) if (value) values.add(value);
  return values;
}

class Counts {
  readonly #counts = new Map<string, number>();

  add(value: string) {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  /** Most frequent first, and at last what was asked for. */
  values(asked: readonly string[]): FacetValue[] {
    const wanted = new Set(asked);
    return [...this.#counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .filter(({ value }, at) => at < MOST_FACET_VALUES || wanted.has(value));
  }
}

/**
 * The values of every filter with how many pipelines have them, each counted over what all *other* filters leave.
 * One pass: a pipeline that fails one filter still counts for that filter's own values.
 */
export function facetsOf(
  view: FleetView,
  query: PipelineFilter,
): Omit<FleetFacets, 'asOf'> {
  const filters = view.filters(query);
  const counts = Object.fromEntries(
    [
      ...PLAIN.map(([name]) => name),
      ...['severity', 'dimension', 'control', 'status'],
    ].map(name => [name, new Counts()]),
  ) as Record<FacetName, Counts>;
  const results = resultTests(view, query);
  let total = 0;
  for (const pipeline of view.fleet.pipelines) {
    if (!view.allows(pipeline)) continue;
    const failed = filters.filter(({ test }) => !test(pipeline));
    if (failed.length === 0) total += 1;
    if (failed.length > 1) continue;
    const [{ name: only } = { name: undefined }] = failed;
    for (const [name, valuesOf] of PLAIN) {
      if (only !== undefined && only !== name) continue;
      for (const value of valuesOf(view, pipeline)) counts[name].add(value);
    }
    if (only === undefined || only === 'result')
      countResults(view, pipeline, results, counts);
  }
  return {
    total,
    ...(Object.fromEntries(
      Object.entries(counts).map(([name, values]) => [
        name,
        values.values([query[name as FacetName] ?? []].flat()),
      ]),
    ) as Record<FacetName, FacetValue[]>),
  };
}

/** For each of the facets about results, what the query says of the others. */
function resultTests(view: FleetView, query: PipelineFilter) {
  const { control, severity, dimension } = query;
  const status: ListedStatus[] = query.status?.length ? query.status : ['fail'];
  const all: ResultTest = {
    severities: new Set(),
    dimensions: new Set(),
    statuses: new Set(SHOWN.flatMap((_, i) => (isListed(i) ? [i] : []))),
  };
  return {
    control: view.resultTest({ severity, dimension, status }) ?? all,
    severity: view.resultTest({ control, dimension, status }) ?? all,
    dimension: view.resultTest({ control, severity, status }) ?? all,
    status: {
      ...(view.resultTest({ control, severity, dimension }) ?? all),
      statuses: all.statuses,
    },
  };
}

function countResults(
  view: FleetView,
  { outcome }: FleetPipeline,
  tests: ReturnType<typeof resultTests>,
  counts: Record<FacetName, Counts>,
) {
  let severities = 0;
  let dimensions = 0;
  let statuses = 0;
  for (const bits of outcome) {
    if (!isListed(shownOf(bits))) continue;
    if (isResult(bits, tests.control))
      counts.control.add(
        view.fleet.controls.get(controlOf(bits)) ?? String(controlOf(bits)),
      );
    if (isResult(bits, tests.severity)) severities |= 1 << severityOf(bits);
    if (isResult(bits, tests.dimension)) dimensions |= 1 << dimensionOf(bits);
    if (isResult(bits, tests.status)) statuses |= 1 << shownOf(bits);
  }
  SEVERITIES.forEach((severity, i) => {
    if (severities & (1 << i)) counts.severity.add(severity);
  });
  DIMENSIONS.forEach((dimension, i) => {
    if (dimensions & (1 << i)) counts.dimension.add(dimension);
  });
  SHOWN.forEach((status, i) => {
    if (statuses & (1 << i)) counts.status.add(status);
  });
}
