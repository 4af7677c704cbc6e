import {
  COMPLIANCES,
  EntityRow,
  GRADES,
  Page,
  PipelineFilter,
} from 'backstage-plugin-pipeline-posture-common';
import { FleetEntity, FleetPipeline } from './Fleet';
import { FleetView } from './FleetView';
import { placesOf } from './groupsOf';

const GROUPINGS = ['owner', 'system', 'domain'] as const;

/** An entity with a score, with those of its pipelines that match. */
interface Member {
  entity: FleetEntity & { score: number };
  pipelines: FleetPipeline[];
}

const isScored = (entity: FleetEntity): entity is Member['entity'] =>
  entity.score !== undefined;

/** Entities that a query means, weakest first. A pipeline that is shared brings in no entity of somebody else. */
function membersOf(view: FleetView, query: PipelineFilter): Member[] {
  const belongs = (entity: FleetEntity) =>
    GROUPINGS.every(by => {
      const wanted = query[by];
      return (
        !wanted?.length ||
        placesOf(view.fleet.hierarchy, entity, by).some(
          place => place !== undefined && wanted.includes(place),
        )
      );
    });
  const members = new Map<string, Member>();
  for (const pipeline of view.matching(query)) {
    for (const entity of view.entitiesOf(pipeline)) {
      if (!isScored(entity) || !belongs(entity)) continue;
      const member = members.get(entity.ref);
      if (member) member.pipelines.push(pipeline);
      else members.set(entity.ref, { entity, pipelines: [pipeline] });
    }
  }
  return [...members.values()].sort(
    (a, b) =>
      a.entity.score - b.entity.score || (a.entity.ref < b.entity.ref ? -1 : 1),
  );
}

const rowOf = ({ entity, pipelines }: Member): EntityRow => ({
  entityRef: entity.ref,
  ...(entity.owner && { owner: entity.owner }),
  score: entity.score,
  grade: GRADES[entity.grade],
  compliance: COMPLIANCES[entity.compliance],
  pipelines: pipelines.length,
  failing: pipelines.reduce((sum, one) => sum + one.failing, 0),
  unknown: pipelines.reduce((sum, one) => sum + one.unknown, 0),
});

/** One page of the entities whose pipelines match, weakest first, with the exact number of all. */
export function entityPageOf(
  view: FleetView,
  query: PipelineFilter,
  { page, size }: { page: number; size: number },
): Page<EntityRow> {
  const members = view.fleet.once(
    `entities ${view.key} ${JSON.stringify(query)}`,
    () => membersOf(view, query),
  );
  const from = (page - 1) * size;
  return {
    items: members.slice(from, from + size).map(rowOf),
    total: members.length,
    page,
    size,
  };
}
