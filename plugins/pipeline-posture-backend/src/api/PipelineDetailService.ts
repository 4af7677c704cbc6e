import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import {
  PipelineDetail,
  PipelineScore,
  ScoringPolicy,
} from 'backstage-plugin-pipeline-posture-common';
import { Judge } from '../evaluation/Judge';
import { PostureAssessor } from '../evaluation/PostureAssessor';
import { expiredSnapshot } from '../evaluation/expiredSnapshot';
import { FindingExemptions } from '../exemptions/FindingExemptions';
import { FleetView, Viewer } from '../fleet/FleetView';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { shownParts } from '../store/versions';
import { metadataOf } from './metadataOf';
import { quietFindingsOf } from './pastDetail';
import { PipelineQueries } from './PipelineQueries';
import { PostureRows } from './PostureRows';
import { Abilities, SummaryRow } from './views';

/** Answers about one pipeline, now or at the end of a day. */
export class PipelineDetailService {
  readonly #entities: EntityStore;
  readonly #pipelines: PipelineStore;
  readonly #queries: PipelineQueries;
  readonly #assessor: PostureAssessor;
  readonly #judge: Judge;
  readonly #exemptions: FindingExemptions;
  readonly #policy: ScoringPolicy;
  readonly #rows: PostureRows;
  readonly #now: () => Date;

  constructor(options: {
    knex: Knex;
    entities: EntityStore;
    pipelines: PipelineStore;
    queries: PipelineQueries;
    assessor: PostureAssessor;
    judge: Judge;
    exemptions: FindingExemptions;
    policy: ScoringPolicy;
    now: () => Date;
  }) {
    this.#entities = options.entities;
    this.#pipelines = options.pipelines;
    this.#queries = options.queries;
    this.#assessor = options.assessor;
    this.#judge = options.judge;
    this.#exemptions = options.exemptions;
    this.#policy = options.policy;
    this.#rows = new PostureRows(options.knex);
    this.#now = options.now;
  }

  #controls() {
    return this.#assessor.controls.map(metadataOf);
  }

  /**
   * A pipeline with the result of every control; of the past, what those that passed saw is not kept.
   *
   * @throws NotFoundError if there is none, or if the caller may see none of its entities
   */
  async ofPipeline(
    id: string,
    viewer: Viewer,
    may: Abilities,
    asOf?: string,
  ): Promise<PipelineDetail> {
    const { day, row, view } = await this.mustSee(id, viewer, asOf);
    const [pipeline] = await this.#queries.summaries([row], view, day);
    const parts =
      day === undefined
        ? await this.#today(row, view)
        : await this.#then(row, view, day);
    return {
      pipeline,
      ...parts,
      findings: await this.#exemptions.addTo(parts.findings, asOf),
      controls: this.#controls().filter(c => c.remediation[row.provider]),
      policy: this.#policy,
      ...(asOf && { asOf }),
      may,
    };
  }

  /**
   * A pipeline that a viewer may see, now or at the end of a day.
   *
   * @throws NotFoundError if there is none, or if the caller may see none of its entities
   */
  async mustSee(id: string, viewer: Viewer, asOf?: string) {
    const day = await this.#queries.index.pastDay(asOf);
    const view = await this.#queries.view(viewer, asOf);
    const [row] = await this.#queries.rows([id], day);
    // A pipeline that was written just now may not be in the fleet yet: its entities decide, not its being there.
    if (!row || !(await this.#mayBeSeen(id, view, day)))
      throw new NotFoundError('It does not exist, or you do not have access.');
    return { day, row, view };
  }

  async #mayBeSeen(id: string, view: FleetView, day: string | undefined) {
    if (day !== undefined) {
      const pipeline = view.fleet.pipeline(id);
      return pipeline !== undefined && view.allows(pipeline);
    }
    const refs = (await this.#entities.entitiesOf([id])).get(id) ?? [];
    return refs.length === 0
      ? view.viewer.unlinked
      : refs.some(ref => view.sees({ ref }));
  }

  async #today(row: SummaryRow, view: FleetView) {
    const [stored] = await this.#pipelines.getMany([row.id]);
    if (!stored)
      throw new NotFoundError('It does not exist, or you do not have access.');
    const snapshot = stored.expired
      ? expiredSnapshot(stored.snapshot, stored.staleSince ?? row.collected_at)
      : stored.snapshot;
    const [{ joined, assessment }] = await this.#judge.judge(
      [snapshot],
      this.#now(),
    );
    const { posture } = assessment;
    return {
      findings: await this.#queries.views(
        assessment.findings.map(finding => ({ pipelineId: row.id, finding })),
        [row],
        view,
      ),
      dimensions: posture.dimensions,
      contributions: posture.contributions,
      withoutExemptions: posture.withoutExemptions,
      ...shownParts(joined, row.id),
    };
  }

  async #then(row: SummaryRow, view: FleetView, day: string) {
    const posture: PipelineScore = JSON.parse(row.posture);
    const body = await this.#rows.pastBody(row.id, day);
    const [stored] = body ? [] : await this.#pipelines.getMany([row.id]);
    const parts = body ?? (stored && shownParts(stored.snapshot, row.id));
    return {
      findings: [
        ...(await this.#queries.findingsOf([row], view, day)),
        ...quietFindingsOf(row, view, this.#controls()),
      ],
      dimensions: posture.dimensions,
      contributions: posture.contributions,
      withoutExemptions: posture.withoutExemptions,
      stages: parts?.stages ?? [],
      identities: parts?.identities ?? [],
    };
  }
}
