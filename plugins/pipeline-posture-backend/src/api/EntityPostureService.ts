import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  ControlMetadata,
  EntityPosture,
  EntityPostureState,
  EntitySummary,
  FindingView,
  linksOfEntity,
  PipelineDetail,
  PipelineScore,
  PipelineSummary,
  QuietResult,
  scoreEntity,
  SEVERITIES,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { Judge } from '../evaluation/Judge';
import {
  expiredSnapshot,
  PostureAssessor,
  ResultRecord,
} from '../evaluation/PostureAssessor';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { PipelineQueries, Viewer } from './PipelineQueries';
import {
  noneFailing,
  SummaryRow,
  toFindingView,
  toIdentityViews,
  toStageViews,
} from './views';

/** What the caller may do, beside reading. */
export interface Abilities {
  seeEvidence: boolean;
  checkAgain: boolean;
}

const metadataOf = ({
  id,
  title,
  dimension,
  severity,
  lifecycle,
  activeFrom,
  answers,
  why,
  measure,
  actor,
  remediation,
}: ControlMetadata): ControlMetadata => ({
  id,
  title,
  dimension,
  severity,
  lifecycle,
  ...(activeFrom && { activeFrom }),
  answers,
  why,
  measure,
  actor,
  remediation,
});

/** Answers about one entity and about one pipeline. */
export class EntityPostureService {
  readonly #knex: Knex;
  readonly #entities: EntityStore;
  readonly #pipelines: PipelineStore;
  readonly #queries: PipelineQueries;
  readonly #assessor: PostureAssessor;
  readonly #judge: Judge;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    entities: EntityStore;
    pipelines: PipelineStore;
    queries: PipelineQueries;
    assessor: PostureAssessor;
    judge: Judge;
    now: () => Date;
  }) {
    this.#knex = options.knex;
    this.#entities = options.entities;
    this.#pipelines = options.pipelines;
    this.#queries = options.queries;
    this.#assessor = options.assessor;
    this.#judge = options.judge;
    this.#now = options.now;
  }

  /** All controls that are evaluated. */
  controls(): ControlMetadata[] {
    return this.#assessor.controls.map(metadataOf);
  }

  /** Posture of an entity that the caller may read. Links are taken from the entity as it is now, not as it was read last. */
  async ofEntity(
    entity: Entity,
    viewer: Pick<Viewer, 'visible'>,
    may: Abilities,
  ): Promise<EntityPosture> {
    const links = linksOfEntity(entity);
    const byTarget = await this.#entities.pipelinesByTargets(
      links.targets.map(t => t.keys),
    );
    const rows = await this.#queries.rows([...new Set(byTarget.flat())]);
    const pipelines = await this.#queries.summaries(rows, viewer);
    const findings = await this.#queries.findingsOf(rows, {
      evidence: may.seeEvidence,
    });
    const schedule = await this.#schedule(rows);
    const unmatched = links.targets
      .filter((_, i) => byTarget[i].length === 0)
      .map(target => target.annotation);
    const score = scoreEntity(
      rows.map(row => ({
        id: row.id,
        reachesProduction: row.reaches,
        posture: JSON.parse(row.posture) as PipelineScore,
      })),
    );
    const weakest = rows.find(row => row.id === score?.weakestPipelineId);
    const shown = new Set(rows.map(row => row.provider));
    return {
      entityRef: stringifyEntityRef(entity),
      state: this.#state(links, rows, schedule.everRan),
      annotations: [
        ...links.targets.map(t => t.annotation),
        ...links.malformed,
      ],
      unmatched: links.explicit ? [...unmatched, ...links.malformed] : [],
      ...(score &&
        weakest && {
          summary: summaryOf(score, weakest, rows, pipelines, findings),
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

  /**
   * One pipeline with the result of every control.
   *
   * @throws NotFoundError if there is none, or if the caller may see none of its entities
   */
  async ofPipeline(
    id: string,
    viewer: Viewer,
    may: Abilities,
  ): Promise<PipelineDetail> {
    const [row] = await this.#queries.rows([id]);
    const [stored] = await this.#pipelines.getMany([id]);
    const [pipeline] = row ? await this.#queries.summaries([row], viewer) : [];
    const entities = row
      ? (await this.#entities.entitiesOf([id])).get(id) ?? []
      : [];
    const allowed =
      pipeline &&
      (entities.length === 0
        ? viewer.unlinked
        : pipeline.entityRefs.length > 0);
    if (!row || !stored || !allowed) {
      throw new NotFoundError('It does not exist, or you do not have access.');
    }
    const snapshot = stored.expired
      ? expiredSnapshot(stored.snapshot, stored.staleSince ?? row.collected_at)
      : stored.snapshot;
    const [{ joined, assessment }] = await this.#judge.judge(
      [snapshot],
      this.#now(),
    );
    return {
      pipeline,
      findings: assessment.findings.map(finding =>
        toFindingView(
          finding,
          { ...row, stale: row.stale_since !== null },
          { evidence: may.seeEvidence },
        ),
      ),
      dimensions: assessment.posture.dimensions,
      contributions: assessment.posture.contributions,
      withoutExemptions: assessment.posture.withoutExemptions,
      stages: toStageViews(joined),
      identities: toIdentityViews(joined, id, stringifyPipelineRef),
      controls: this.controls().filter(c => c.remediation[row.provider]),
      may,
    };
  }
}

function quietOf(row: SummaryRow): QuietResult[] {
  return (JSON.parse(row.results) as ResultRecord[]).flatMap(
    ({ controlId, status }) =>
      status === 'pass' || status === 'not-applicable'
        ? [{ controlId, status, pipelineId: row.id }]
        : [],
  );
}

function summaryOf(
  score: NonNullable<ReturnType<typeof scoreEntity>>,
  weakest: SummaryRow,
  rows: readonly SummaryRow[],
  pipelines: readonly PipelineSummary[],
  findings: readonly FindingView[],
): EntitySummary {
  const posture: PipelineScore = JSON.parse(weakest.posture);
  const failing = noneFailing();
  const counts = {
    pass: 0,
    fail: 0,
    unknown: 0,
    'not-applicable': 0,
    exempt: 0,
    preview: 0,
  };
  for (const pipeline of pipelines) {
    SEVERITIES.forEach(s => (failing[s] += pipeline.failing[s]));
    (Object.keys(counts) as Array<keyof typeof counts>).forEach(
      k => (counts[k] += pipeline.counts[k]),
    );
  }
  return {
    score: score.score,
    potential: score.potential,
    coverage: score.coverage,
    grade: score.grade,
    compliance: score.compliance,
    provisional: score.provisional,
    ...(posture.cap && { cap: posture.cap }),
    weakestPipeline: { id: weakest.id, name: weakest.name },
    fromProduction: rows.some(row => row.reaches === 'yes'),
    counts,
    failing,
    withoutExemptions: {
      score: posture.withoutExemptions.score,
      potential: posture.withoutExemptions.potential,
      coverage: posture.withoutExemptions.coverage,
      grade: posture.withoutExemptions.grade,
    },
    fixFirst: fixFirstOf(score.decidingPipelineIds, weakest, rows, findings),
    collectedAt: rows.map(row => row.collected_at).sort()[0],
    stale: rows.some(row => row.stale_since !== null),
  };
}

/** The weakest pipeline's most useful fixes first; where it has fewer than three, those of the next. */
function fixFirstOf(
  deciding: readonly string[],
  weakest: SummaryRow,
  rows: readonly SummaryRow[],
  findings: readonly FindingView[],
): EntitySummary['fixFirst'] {
  const others = rows.filter(
    row => row.id !== weakest.id && deciding.includes(row.id),
  );
  return [weakest, ...others]
    .flatMap(row =>
      (JSON.parse(row.posture) as PipelineScore).fixFirst.map(controlId => ({
        controlId,
        pipelineId: row.id,
        gain:
          findings.find(
            f => f.controlId === controlId && f.pipelineId === row.id,
          )?.gainIfFixed ?? 0,
      })),
    )
    .slice(0, 3);
}
