import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';
import {
  ControlMetadata,
  EntityPosture,
  EntityPostureState,
  linksOfEntity,
  PipelineScore,
  scoreEntity,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { PostureAssessor } from '../evaluation/PostureAssessor';
import { FindingExemptions } from '../exemptions/FindingExemptions';
import { Viewer } from '../fleet/FleetView';
import { DAY_MS, dayOf, endOf } from '../history/days';
import { endingWith, trendOf } from '../history/dailySpans';
import { entitySubject } from '../history/HistoryStore';
import { EntityStore } from '../store/EntityStore';
import { quietOf, summaryOf } from './entitySummary';
import { metadataOf } from './metadataOf';
import { PipelineQueries } from './PipelineQueries';
import { Abilities, SummaryRow } from './views';

/** How many days of scores a summary has. */
const RECENT_DAYS = 90;

/** By score, then id: the headline's pipeline is among the first. */
const weakestFirst = (rows: readonly SummaryRow[]) =>
  [...rows].sort((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1));

/** Answers about one entity, now or at the end of a day. */
export class EntityPostureService {
  readonly #knex: Knex;
  readonly #entities: EntityStore;
  readonly #queries: PipelineQueries;
  readonly #assessor: PostureAssessor;
  readonly #exemptions: FindingExemptions;
  readonly #policy: ScoringPolicy;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    entities: EntityStore;
    queries: PipelineQueries;
    assessor: PostureAssessor;
    exemptions: FindingExemptions;
    policy: ScoringPolicy;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#entities = options.entities;
    this.#queries = options.queries;
    this.#assessor = options.assessor;
    this.#exemptions = options.exemptions;
    this.#policy = options.policy;
    this.#now = options.now;
  }

  /** All controls that are evaluated. */
  controls(): ControlMetadata[] {
    return this.#assessor.controls.map(metadataOf);
  }

  /**
   * Posture of an entity that the caller may read. Links are taken from the entity as it is now, not as it was read
   * last; those of the past, as they were.
   */
  async ofEntity(
    entity: Entity,
    viewer: Viewer,
    may: Abilities,
    asOf?: string,
  ): Promise<EntityPosture> {
    const links = linksOfEntity(entity);
    const entityRef = stringifyEntityRef(entity);
    const day = await this.#queries.index.pastDay(asOf);
    const view = await this.#queries.view(viewer, asOf);
    const byTarget = await this.#entities.pipelinesByTargets(
      links.targets.map(t => t.keys),
    );
    const ids =
      day === undefined
        ? byTarget.flat()
        : view.fleet.entities.get(entityRef)?.pipelineIds ?? [];
    const rows = weakestFirst(await this.#queries.rows([...new Set(ids)], day));
    const stored = await this.#queries.storedFindings(rows, day);
    const score = scoreEntity(
      rows.map(row => ({
        id: row.id,
        reachesProduction: row.reaches,
        posture: JSON.parse(row.posture) as PipelineScore,
      })),
    );
    const [pipelines, findings, schedule, recent] = await Promise.all([
      this.#queries.summaries(rows, view, day, stored),
      this.#queries
        .views(stored, rows, view, day)
        .then(views => this.#exemptions.addTo(views, asOf)),
      this.#schedule(rows),
      this.#recent(entityRef, day, score?.score),
    ]);
    const unmatched = links.targets
      .filter((_, i) => byTarget[i].length === 0)
      .map(target => target.annotation);
    const weakest = rows.find(row => row.id === score?.weakestPipelineId);
    const shown = new Set(rows.map(row => row.provider));
    const past = rows.length > 0 ? 'scored' : 'not-recorded';
    return {
      entityRef,
      state:
        day === undefined ? this.#state(links, rows, schedule.everRan) : past,
      annotations: [
        ...links.targets.map(t => t.annotation),
        ...links.malformed,
      ],
      unmatched:
        links.explicit && day === undefined
          ? [...unmatched, ...links.malformed]
          : [],
      ...(score &&
        weakest && {
          summary: {
            ...summaryOf(score, weakest, rows, pipelines, findings),
            recent,
          },
        }),
      pipelines,
      findings,
      quiet: rows.flatMap(quietOf),
      dimensions: weakest
        ? (JSON.parse(weakest.posture) as PipelineScore).dimensions
        : {},
      controls: this.controls().filter(c =>
        Object.keys(c.remediation).some(p => shown.has(p)),
      ),
      ...(schedule.nextCheckAt && { nextCheckAt: schedule.nextCheckAt }),
      ...(schedule.lastRunAt && { lastRunAt: schedule.lastRunAt }),
      policy: this.#policy,
      ...(asOf && { asOf }),
      may,
    };
  }

  /** Ids of the pipelines that an entity points at now. */
  async pipelineIdsOf(entity: Entity): Promise<string[]> {
    const { targets } = linksOfEntity(entity);
    const byTarget = await this.#entities.pipelinesByTargets(
      targets.map(target => target.keys),
    );
    return [...new Set(byTarget.flat())];
  }

  /** The scores until a day, without it until now, ending with what the score is then. */
  async #recent(
    entityRef: string,
    day: string | undefined,
    score: number | undefined,
  ) {
    const end = day === undefined ? this.#now() : new Date(endOf(day));
    const last = dayOf(end);
    const points = await trendOf(
      this.#knex,
      entitySubject(entityRef),
      new Date(end.getTime() - RECENT_DAYS * DAY_MS),
    );
    return endingWith(
      points
        .filter(point => point.day <= last)
        .map(point => ({ day: point.day, score: point.score })),
      score === undefined ? undefined : { day: last, score },
    );
  }

  #state(
    links: ReturnType<typeof linksOfEntity>,
    rows: readonly SummaryRow[],
    everRan: boolean,
  ): EntityPostureState {
    if (rows.length > 0) return 'scored';
    if (!links.explicit) return 'no-annotation';
    return everRan || links.targets.length === 0 ? 'not-found' : 'scheduled';
  }

  /** When the scopes of these pipelines are due; of any scope, where there are no pipelines yet. */
  async #schedule(rows: readonly SummaryRow[]) {
    const scopes = this.#knex('scopes').whereNull('gone_at');
    if (rows.length > 0)
      scopes.whereIn('key', [...new Set(rows.map(r => r.scope_key))]);
    const found = await scopes.select(
      'next_run_at',
      'last_good_run_at',
      'last_run_id',
      'lease_until',
    );
    const runs = found
      .map(s => s.last_good_run_at)
      .filter(Boolean)
      .sort();
    return {
      everRan: found.length > 0 && found.every(s => s.last_run_id !== null),
      lastRunAt: runs.at(-1) as string | undefined,
      nextCheckAt: found.map(s => s.next_run_at).sort()[0] as
        | string
        | undefined,
    };
  }
}
