import {
  COMPLIANCES,
  DIMENSIONS,
  Grade,
  GRADES,
  GroupRollUp,
  HeatMapCell,
  HeatMapGroup,
  PipelineFilter,
  rollUp,
  RollUpBy,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetEntity, FleetPipeline } from './Fleet';
import { FleetView } from './FleetView';
import { Hierarchy } from './Hierarchy';
import {
  controlOf,
  dimensionOf,
  gainOf,
  isPreview,
  SHOWN,
  shownOf,
} from './outcome';

const PASS = SHOWN.indexOf('pass');
const FAIL = SHOWN.indexOf('fail');
const UNKNOWN = SHOWN.indexOf('unknown');
const EXEMPT = SHOWN.indexOf('exempt');
const MOST = 5;
const MOST_GAINING = 3;

/** Where an entity counts: for its owner and every group above it, or for its system or that one's domain. */
export function placesOf(
  hierarchy: Hierarchy,
  entity: Pick<FleetEntity, 'owner' | 'system'>,
  by: RollUpBy,
): readonly (string | undefined)[] {
  if (by === 'system') return [entity.system];
  if (by === 'domain') return [hierarchy.domainOf(entity)];
  return entity.owner ? hierarchy.withAbove(entity.owner) : [undefined];
}

interface Group {
  entities: FleetEntity[];
  pipelines: Set<FleetPipeline>;
}

/** Entities with a score that have a pipeline that matches, and those pipelines, by group. */
function groupsOf(
  view: FleetView,
  by: RollUpBy,
  query: PipelineFilter,
): Map<string | undefined, Group> {
  const groups = new Map<string | undefined, Group>();
  const entities = new Map<FleetEntity, FleetPipeline[]>();
  for (const pipeline of view.matching(query)) {
    for (const entity of view.entitiesOf(pipeline)) {
      if (entity.score === undefined) continue;
      const list = entities.get(entity);
      if (list) list.push(pipeline);
      else entities.set(entity, [pipeline]);
    }
  }
  for (const [entity, pipelines] of entities) {
    for (const place of placesOf(view.fleet.hierarchy, entity, by)) {
      let group = groups.get(place);
      if (!group) {
        group = { entities: [], pipelines: new Set() };
        groups.set(place, group);
      }
      group.entities.push(entity);
      for (const pipeline of pipelines) group.pipelines.add(pipeline);
    }
  }
  return groups;
}

/** Posture by owner, system or domain, weakest first. */
export function rollUpsOf(
  view: FleetView,
  by: RollUpBy,
  query: PipelineFilter,
): GroupRollUp[] {
  return [...groupsOf(view, by, query)]
    .map(([ref, group]) => rollUpOf(view, ref, group))
    .sort(
      (a, b) =>
        (a.compliantShare ?? 100) - (b.compliantShare ?? 100) ||
        ((a.ref ?? '~') < (b.ref ?? '~') ? -1 : 1),
    );
}

function rollUpOf(
  view: FleetView,
  ref: string | undefined,
  { entities, pipelines }: Group,
): GroupRollUp {
  const failing = new Map<number, { pipelines: number; gain: number }>();
  let exempt = 0;
  let withFailures = 0;
  for (const { outcome } of pipelines) {
    let fails = false;
    for (const bits of outcome) {
      const shown = shownOf(bits);
      if (shown === EXEMPT) exempt += 1;
      if (shown !== FAIL) continue;
      fails = true;
      const counts = failing.get(controlOf(bits));
      if (counts) {
        counts.pipelines += 1;
        counts.gain += gainOf(bits);
      } else {
        failing.set(controlOf(bits), { pipelines: 1, gain: gainOf(bits) });
      }
    }
    if (fails) withFailures += 1;
  }
  const scored = entities.map(entity => ({
    ref: entity.ref,
    score: entity.score ?? 0,
    grade: GRADES[entity.grade],
    compliance: COMPLIANCES[entity.compliance],
  }));
  return {
    ...(ref !== undefined && { ref }),
    ...rollUp(scored),
    pipelines: pipelines.size,
    worst: weakest(scored),
    failingControls: shownOfFailing(
      [...failing].map(([number, counts]) => ({
        controlId: view.fleet.controls.get(number) ?? String(number),
        pipelines: counts.pipelines,
        gain: Math.round(counts.gain / Math.max(1, withFailures)),
      })),
    ),
    exempt,
  };
}

/** The most frequent, and those that gain most: what is rare can be what must be fixed first. Most frequent first. */
function shownOfFailing(
  failing: GroupRollUp['failingControls'],
): GroupRollUp['failingControls'] {
  const frequent = [...failing].sort(
    (a, b) => b.pipelines - a.pipelines || (a.controlId < b.controlId ? -1 : 1),
  );
  const gaining = [...frequent]
    .sort((a, b) => b.gain * b.pipelines - a.gain * a.pipelines)
    .slice(0, MOST_GAINING);
  return frequent.filter((control, i) => i < MOST || gaining.includes(control));
}

/** The weakest entities first; a group can be too large to sort for five of them. */
function weakest(
  scored: ReadonlyArray<{ ref: string; score: number; grade: Grade }>,
): GroupRollUp['worst'] {
  const worst: Array<(typeof scored)[number]> = [];
  for (const entity of scored) {
    const place = worst.findIndex(
      other =>
        entity.score < other.score ||
        (entity.score === other.score && entity.ref < other.ref),
    );
    if (place >= 0) worst.splice(place, 0, entity);
    else if (worst.length < MOST) worst.push(entity);
    if (worst.length > MOST) worst.pop();
  }
  return worst.map(({ ref, score, grade }) => ({
    entityRef: ref,
    score,
    grade,
  }));
}

/** Groups by dimensions, in the order of roll-ups: most failing first. */
export function heatMapOf(
  view: FleetView,
  by: RollUpBy,
  query: PipelineFilter,
): HeatMapGroup[] {
  const groups = [...groupsOf(view, by, query)].map(([ref, { pipelines }]) => ({
    ...(ref !== undefined && { ref }),
    pipelines: pipelines.size,
    cells: cellsOf(pipelines),
  }));
  return groups.sort(
    (a, b) =>
      shareOf(a) - shareOf(b) || ((a.ref ?? '~') < (b.ref ?? '~') ? -1 : 1),
  );
}

function shareOf({ cells }: HeatMapGroup): number {
  let pass = 0;
  let all = 0;
  for (const cell of Object.values(cells)) {
    pass += cell.pass;
    all += cell.pass + cell.fail + cell.unknown;
  }
  return all === 0 ? 1 : pass / all;
}

function cellsOf(pipelines: Iterable<FleetPipeline>): HeatMapGroup['cells'] {
  const cells = DIMENSIONS.map(
    (): HeatMapCell => ({
      pass: 0,
      fail: 0,
      unknown: 0,
      exempt: 0,
      failingPipelines: 0,
    }),
  );
  for (const { outcome } of pipelines) {
    let failing = 0;
    for (const bits of outcome) {
      const cell = cells[dimensionOf(bits)];
      const shown = shownOf(bits);
      // A control that is not scored yet counts for nothing, also where it passes.
      if (shown === PASS && !isPreview(bits)) cell.pass += 1;
      else if (shown === UNKNOWN) cell.unknown += 1;
      else if (shown === EXEMPT) cell.exempt += 1;
      else if (shown === FAIL) {
        cell.fail += 1;
        failing |= 1 << dimensionOf(bits);
      }
    }
    cells.forEach((cell, i) => {
      if (failing & (1 << i)) cell.failingPipelines += 1;
    });
  }
  return Object.fromEntries(
    cells.flatMap((cell, i) => {
      const all = cell.pass + cell.fail + cell.unknown;
      if (all + cell.exempt === 0) return [];
      const share = all > 0 && {
        passingShare: Math.floor((100 * cell.pass) / all),
      };
      return [[DIMENSIONS[i], { ...cell, ...share }]];
    }),
  );
}
