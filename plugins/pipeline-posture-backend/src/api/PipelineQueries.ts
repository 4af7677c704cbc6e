import { Knex } from 'knex';
import {
  FindingQuery,
  FindingView,
  Page,
  PipelineQuery,
  PipelineSummary,
} from 'backstage-plugin-pipeline-posture-common';
import { findingPageOf } from '../fleet/findingPage';
import { FleetIndex } from '../fleet/FleetIndex';
import { FleetPipeline } from '../fleet/Fleet';
import { FleetView, Viewer } from '../fleet/FleetView';
import { pageOf } from '../fleet/pageOf';
import { AlsoFixes } from './AlsoFixes';
import { PostureRows, StoredFinding } from './PostureRows';
import {
  failingOf,
  noneFailing,
  SummaryRow,
  toFindingView,
  toSummary,
} from './views';

const EXPORT_PAGE = 100;

/** Some of all pipelines that match a query. */
export interface PageOfAll {
  view: FleetView;
  rows: SummaryRow[];
  summaries: PipelineSummary[];
}

/** Lists for the API: which entries, by the fleet in memory; what stands in them, by the database. */
export class PipelineQueries {
  readonly index: FleetIndex;
  readonly #knex: Knex;
  readonly #rows: PostureRows;
  readonly #alsoFixes: AlsoFixes;

  constructor(options: { knex: Knex; index: FleetIndex }) {
    this.index = options.index;
    this.#knex = options.knex;
    this.#rows = new PostureRows(options.knex);
    this.#alsoFixes = new AlsoFixes(options.knex);
  }

  /** The fleet as a viewer may see it, now or at the end of a day. */
  async view(viewer: Viewer, day?: string): Promise<FleetView> {
    return new FleetView(await this.index.at(day), viewer);
  }

  async list(
    query: PipelineQuery,
    viewer: Viewer,
  ): Promise<Page<PipelineSummary>> {
    const { page, size = 25, sort = 'score', order = 'asc' } = query;
    const { cursor, asOf, ...filter } = query;
    const view = await this.view(viewer, asOf);
    const found = pageOf(view, view.matching(filterOf(filter)), {
      order: sort,
      direction: order,
      page,
      size,
      cursor,
    });
    return {
      ...found,
      items: await this.#summariesOf(found.items, view, asOf),
      ...(asOf && { asOf }),
    };
  }

  /**
   * Every pipeline that matches, as row and summary, some at a time, so that no export has to fit into memory. All of
   * one moment.
   */
  async *every(
    query: PipelineQuery,
    viewer: Viewer,
  ): AsyncGenerator<PageOfAll> {
    const { sort = 'score', order = 'asc', asOf, ...filter } = query;
    const view = await this.view(viewer, asOf);
    const day = await this.index.pastDay(asOf);
    const matching = view.matching(filterOf(filter));
    for (let page = 1; ; page++) {
      const { items } = pageOf(view, matching, {
        order: sort,
        direction: order,
        page,
        size: EXPORT_PAGE,
      });
      const rows = await this.rows(
        items.map(p => p.id),
        day,
      );
      yield { view, rows, summaries: await this.summaries(rows, view, day) };
      if (items.length < EXPORT_PAGE) return;
    }
  }

  async #summariesOf(
    pipelines: readonly FleetPipeline[],
    view: FleetView,
    asOf: string | undefined,
  ): Promise<PipelineSummary[]> {
    const day = await this.index.pastDay(asOf);
    const rows = await this.rows(
      pipelines.map(p => p.id),
      day,
    );
    return this.summaries(rows, view, day);
  }

  /** Rows of given pipelines, whoever may see them, in the order of the ids. */
  rows(ids: readonly string[], day?: string): Promise<SummaryRow[]> {
    return this.#rows.pipelines(ids, day);
  }

  /** Findings of given pipelines that do not plainly pass, worst first, as they are stored; of some controls only, if named. */
  storedFindings(
    rows: readonly SummaryRow[],
    day?: string,
    controlIds?: readonly string[],
  ): Promise<StoredFinding[]> {
    return this.#rows.findings(rows, day, controlIds);
  }

  /** Summaries of rows, in their order. `findings` are theirs, if somebody has read them already. */
  async summaries(
    rows: readonly SummaryRow[],
    view: FleetView,
    day?: string,
    findings?: readonly StoredFinding[],
  ): Promise<PipelineSummary[]> {
    const [titles, stored] = await Promise.all([
      this.#scopeTitles(rows.map(row => row.scope_key)),
      findings ?? this.#rows.findings(rows, day),
    ]);
    const failing = failingByPipeline(stored);
    return rows.map(row =>
      toSummary(row, {
        scopeTitle: titles.get(row.scope_key) ?? row.scope_key,
        entityRefs: view.fleet
          .entitiesOf(row)
          .filter(entity => view.sees(entity))
          .map(entity => entity.ref)
          .sort(),
        failing: failing.get(row.id) ?? noneFailing(),
      }),
    );
  }

  async #scopeTitles(keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.#knex('scopes')
      .whereIn('key', [...new Set(keys)])
      .select('key', 'title');
    return new Map(rows.map(row => [row.key, row.title]));
  }

  /** Findings of given pipelines that do not plainly pass, worst first. */
  async findingsOf(
    rows: readonly SummaryRow[],
    view: FleetView,
    day?: string,
  ): Promise<FindingView[]> {
    return this.views(await this.#rows.findings(rows, day), rows, view, day);
  }

  /** Findings for a viewer, with what else a fix of each would mend. */
  async views(
    findings: readonly StoredFinding[],
    rows: readonly SummaryRow[],
    view: FleetView,
    day?: string,
  ): Promise<FindingView[]> {
    const byId = new Map(rows.map(row => [row.id, row]));
    // What else one fix would mend is only known of now.
    const others =
      day === undefined ? await this.#alsoFixes.of(findings, view) : [];
    return findings.flatMap(({ pipelineId, finding }, i) => {
      const row = byId.get(pipelineId);
      if (!row) return [];
      const { id, name, provider } = row;
      return [
        toFindingView(
          finding,
          { id, name, provider, stale: row.stale_since !== null },
          { evidence: view.viewer.evidence, alsoFixes: others[i] },
        ),
      ];
    });
  }

  async listFindings(
    query: FindingQuery,
    viewer: Viewer,
  ): Promise<Page<FindingView>> {
    const { size = 25, asOf } = query;
    const view = await this.view(viewer, asOf);
    const day = await this.index.pastDay(asOf);
    const found = findingPageOf(view, query, size);
    const rows = await this.rows(
      [...new Set(found.items.map(item => item.pipelineId))],
      day,
    );
    const stored = await this.#rows.findings(rows, day, [
      ...new Set(found.items.map(item => item.controlId)),
    ]);
    const wanted = new Set(
      found.items.map(item => `${item.controlId} ${item.pipelineId}`),
    );
    const items = await this.views(
      stored.filter(({ pipelineId, finding }) =>
        wanted.has(`${finding.controlId} ${pipelineId}`),
      ),
      rows,
      view,
      day,
    );
    return { ...found, items, ...(asOf && { asOf }) };
  }
}

/** Numbers of failing controls by severity, of each pipeline that has any. */
function failingByPipeline(findings: readonly StoredFinding[]) {
  const byPipeline = new Map<string, StoredFinding['finding'][]>();
  for (const { pipelineId, finding } of findings) {
    if (finding.exempt || finding.preview) continue;
    const list = byPipeline.get(pipelineId);
    if (list) list.push(finding);
    else byPipeline.set(pipelineId, [finding]);
  }
  return new Map([...byPipeline].map(([id, list]) => [id, failingOf(list)]));
}

/** A query without what only says which part of the list is wanted. */
export function filterOf<Q extends PipelineQuery>(query: Q) {
  const {
    sort: _sort,
    order: _order,
    page: _page,
    size: _size,
    cursor: _cursor,
    asOf: _asOf,
    ...filter
  } = query;
  return filter;
}
