import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';
import {
  COMPLIANCES,
  EntityHistory,
  GRADES,
  TrendPoint,
} from 'backstage-plugin-pipeline-posture-common';
import { Fleet } from '../fleet/Fleet';
import { FleetIndex } from '../fleet/FleetIndex';
import { endingWith, trendOf } from '../history/dailySpans';
import { DAY_MS, dayOf, endOf } from '../history/days';
import { entitySubject, HistoryStore } from '../history/HistoryStore';
import { EntityPostureService } from './EntityPostureService';

const MOST_CHANGES = 50;

/**
 * Trend and ledger of an entity that the caller may read, until now or the end of a day.
 *
 * @throws InputError for a day that has not come, or of which nothing is kept
 */
export async function entityHistory(
  entity: Entity,
  query: { days: number; asOf?: string },
  parts: {
    knex: Knex;
    index: FleetIndex;
    history: HistoryStore;
    postures: EntityPostureService;
    now: () => Date;
  },
): Promise<EntityHistory> {
  const ref = stringifyEntityRef(entity);
  const day = await parts.index.pastDay(query.asOf);
  const end = day === undefined ? parts.now() : new Date(endOf(day));
  const fleet = await parts.index.at(day);
  const pipelineIds =
    day === undefined
      ? await parts.postures.pipelineIdsOf(entity)
      : fleet.entities.get(ref)?.pipelineIds ?? [];
  const points = await trendOf(
    parts.knex,
    entitySubject(ref),
    new Date(end.getTime() - query.days * DAY_MS),
  );
  const last = dayOf(end);
  return {
    trend: endingWith(
      points.filter(point => point.day <= last),
      pointOf(fleet, ref, last),
    ),
    changes: await parts.history.changes(pipelineIds, MOST_CHANGES, day),
    ...(query.asOf && { asOf: query.asOf }),
  };
}

/** What an entity is in a fleet; nothing without pipelines. */
function pointOf(
  fleet: Fleet,
  ref: string,
  day: string,
): TrendPoint | undefined {
  const entity = fleet.entities.get(ref);
  if (entity?.score === undefined) return undefined;
  const pipelines = entity.pipelineIds.flatMap(id => fleet.pipeline(id) ?? []);
  return {
    day,
    score: entity.score,
    grade: GRADES[entity.grade],
    compliance: COMPLIANCES[entity.compliance],
    failing: pipelines.reduce((sum, { failing }) => sum + failing, 0),
    unknown: pipelines.reduce((sum, { unknown }) => sum + unknown, 0),
  };
}
