import { Knex } from 'knex';
import {
  COMPLIANCES,
  FindingQuery,
  FindingView,
  GRADES,
  Page,
  PipelineQuery,
  PipelineSummary,
  SEVERITIES,
} from 'backstage-plugin-pipeline-posture-common';
import { Visible } from '../access/EntityAccess';
import { AssessedFinding } from '../evaluation/PostureAssessor';
import { EntityStore } from '../store/EntityStore';
import {
  failingOf,
  noneFailing,
  SUMMARY_COLUMNS,
  SummaryRow,
  toFindingView,
  toSummary,
} from './views';
import { onlyVisible, visibleOf, whereInList } from './visibility';

const SORT_COLUMNS = {
  name: 'p.search',
  score: 'p.score',
  grade: 'p.grade',
  failing: 'p.failing',
  unknown: 'p.unknown',
  collected: 'p.collected_at',
} as const;

/** Who asks, and what that allows. */
export interface Viewer {
  visible: Visible;
  /** May see pipelines that belong to no entity. */
  unlinked: boolean;
  evidence: boolean;
}

/** `%` and `_` mean something to LIKE. */
const contains = (text: string) =>
  `%${text
    .toLocaleLowerCase('en-US')
    .replace(/[\\%_]/g, match => `\\${match}`)}%`;

/** Lists for the API, filtered, sorted and paged by the database. */
export class PipelineQueries {
  readonly #knex: Knex;
  readonly #entities: EntityStore;

  constructor(options: { knex: Knex; entities: EntityStore }) {
    this.#knex = options.knex;
    this.#entities = options.entities;
  }

  async list(
    query: PipelineQuery,
    viewer: Viewer,
  ): Promise<Page<PipelineSummary>> {
    const { page = 1, size = 25, sort = 'score', order = 'asc' } = query;
    const [{ n }] = await this.matching(query, viewer).count<
      { n: number | string }[]
    >({ n: '*' });
    const rows: SummaryRow[] = await this.matching(query, viewer)
      .select(...SUMMARY_COLUMNS)
      .orderBy([
        { column: SORT_COLUMNS[sort], order },
        { column: 'p.id', order: 'asc' },
      ])
      .offset((page - 1) * size)
      .limit(size);
    return {
      items: await this.summaries(rows, viewer),
      total: Number(n),
      page,
      size,
    };
  }

  /** The rows that a query and the caller's rights leave. */
  matching(query: PipelineQuery, viewer: Viewer): Knex.QueryBuilder {
    const knex = this.#knex;
    const unlinkedOnly = query.linked === false;
    const rows: Knex.QueryBuilder =
      knex('pipelines as p').whereNull('p.gone_at');
    onlyVisible(knex, rows, viewer.visible, {
      unlinked: viewer.unlinked && query.linked !== true,
    });
    const edges = () =>
      knex('entity_pipelines as e')
        .whereRaw('e.pipeline_id = p.id')
        .select(knex.raw('1'));
    if (unlinkedOnly) rows.whereNotExists(edges());
    if (query.text) {
      const like = contains(query.text);
      const named = edges().whereRaw(`e.entity_ref like ? escape '\\'`, [like]);
      if (viewer.visible !== 'all')
        whereInList(knex, named, 'e.entity_ref', viewer.visible);
      rows.where(any =>
        any
          .whereRaw(`p.search like ? escape '\\'`, [like])
          .orWhereExists(named),
      );
    }
    if (query.provider?.length) rows.whereIn('p.provider', query.provider);
    if (query.grade?.length)
      rows.whereIn(
        'p.grade',
        query.grade.map(g => GRADES.indexOf(g)),
      );
    if (query.compliance?.length) {
      rows.whereIn(
        'p.compliance',
        query.compliance.map(c => COMPLIANCES.indexOf(c)),
      );
    }
    if (query.reaches?.length) rows.whereIn('p.reaches', query.reaches);
    if (query.control || query.status?.length) {
      const finding = knex('findings as f')
        .whereRaw('f.pipeline_id = p.id')
        .select(knex.raw('1'));
      if (query.control) finding.where('f.control_id', query.control);
      if (query.status?.length) finding.whereIn('f.status', query.status);
      rows.whereExists(finding);
    }
    const refs = query.entityRef?.filter(
      ref => viewer.visible === 'all' || viewer.visible.has(ref),
    );
    if (refs && query.entityRef?.length)
      rows.whereExists(edges().whereIn('e.entity_ref', refs));
    for (const column of ['owner', 'system'] as const) {
      if (query[column]?.length) {
        const owned = knex('entity_pipelines as e')
          .join('entities as n', 'n.entity_ref', 'e.entity_ref')
          .whereRaw('e.pipeline_id = p.id')
          .whereIn(`n.${column}`, query[column] ?? [])
          .select(knex.raw('1'));
        if (viewer.visible !== 'all')
          whereInList(knex, owned, 'e.entity_ref', viewer.visible);
        rows.whereExists(owned);
      }
    }
    return rows;
  }

  /** Summaries of rows, in their order. */
  async summaries(
    rows: readonly SummaryRow[],
    viewer: Pick<Viewer, 'visible'>,
  ): Promise<PipelineSummary[]> {
    const ids = rows.map(row => row.id);
    const entities = await this.#entities.entitiesOf(ids);
    const titles = await this.#scopeTitles(rows.map(row => row.scope_key));
    const failing = await this.#failing(ids);
    return rows.map(row =>
      toSummary(row, {
        scopeTitle: titles.get(row.scope_key) ?? row.scope_key,
        entityRefs: visibleOf(entities.get(row.id) ?? [], viewer.visible),
        failing: failing.get(row.id) ?? noneFailing(),
      }),
    );
  }

  async #failing(ids: readonly string[]) {
    const rows = await this.#knex('findings')
      .whereIn('pipeline_id', ids)
      .where({ status: 'fail' })
      .select('pipeline_id', 'severity', 'status');
    const byPipeline = new Map<string, typeof rows>();
    for (const row of rows) {
      byPipeline.set(row.pipeline_id, [
        ...(byPipeline.get(row.pipeline_id) ?? []),
        row,
      ]);
    }
    return new Map([...byPipeline].map(([id, list]) => [id, failingOf(list)]));
  }

  async #scopeTitles(keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.#knex('scopes')
      .whereIn('key', [...new Set(keys)])
      .select('key', 'title');
    return new Map(rows.map(row => [row.key, row.title]));
  }

  /** Rows of given pipelines, whoever may see them. */
  async rows(ids: readonly string[]): Promise<SummaryRow[]> {
    return this.#knex('pipelines as p')
      .whereNull('p.gone_at')
      .whereIn('p.id', ids)
      .orderBy([{ column: 'p.score' }, { column: 'p.id' }])
      .select(...SUMMARY_COLUMNS);
  }

  /** Loud findings of given pipelines, worst first. */
  async findingsOf(
    rows: readonly SummaryRow[],
    options: { evidence: boolean },
  ): Promise<FindingView[]> {
    const byId = new Map(rows.map(row => [row.id, row]));
    const found = await this.#knex('findings')
      .whereIn('pipeline_id', [...byId.keys()])
      .orderBy([
        { column: 'severity_rank' },
        { column: 'control_id' },
        { column: 'pipeline_id' },
      ])
      .select('pipeline_id', 'finding');
    return found.flatMap(({ pipeline_id, finding }) => {
      const row = byId.get(pipeline_id);
      return row ? [this.#view(JSON.parse(finding), row, options)] : [];
    });
  }

  #view(
    finding: AssessedFinding,
    row: Pick<SummaryRow, 'id' | 'name' | 'provider' | 'stale_since'>,
    options: { evidence: boolean },
  ) {
    const { id, name, provider } = row;
    return toFindingView(
      finding,
      { id, name, provider, stale: row.stale_since !== null },
      options,
    );
  }

  async listFindings(
    query: FindingQuery,
    viewer: Viewer,
  ): Promise<Page<FindingView>> {
    const { page = 1, size = 25 } = query;
    const matching = () => {
      const rows: Knex.QueryBuilder = this.#knex('findings as f')
        .join('pipelines as p', 'p.id', 'f.pipeline_id')
        .whereNull('p.gone_at');
      onlyVisible(this.#knex, rows, viewer.visible, {
        unlinked: viewer.unlinked,
      });
      if (query.control?.length) rows.whereIn('f.control_id', query.control);
      if (query.status?.length) rows.whereIn('f.status', query.status);
      if (query.dimension?.length) rows.whereIn('f.dimension', query.dimension);
      if (query.provider?.length) rows.whereIn('p.provider', query.provider);
      if (query.severity?.length) {
        rows.whereIn(
          'f.severity_rank',
          query.severity.map(s => SEVERITIES.indexOf(s)),
        );
      }
      if (query.entityRef?.length) {
        const refs = visibleOf(query.entityRef, viewer.visible);
        rows.whereExists(
          this.#knex('entity_pipelines as e')
            .whereRaw('e.pipeline_id = p.id')
            .whereIn('e.entity_ref', refs)
            .select(this.#knex.raw('1')),
        );
      }
      return rows;
    };
    const [{ n }] = await matching().count<{ n: number | string }[]>({
      n: '*',
    });
    const rows = await matching()
      .select('p.id', 'p.name', 'p.provider', 'p.stale_since', 'f.finding')
      .orderBy([
        { column: 'f.severity_rank' },
        { column: 'f.control_id' },
        { column: 'p.id' },
      ])
      .offset((page - 1) * size)
      .limit(size);
    return {
      items: rows.map((row: SummaryRow & { finding: string }) =>
        this.#view(JSON.parse(row.finding), row, viewer),
      ),
      total: Number(n),
      page,
      size,
    };
  }
}
