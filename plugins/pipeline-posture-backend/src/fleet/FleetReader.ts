import { Knex } from 'knex';
import { endOf } from '../history/days';
import { chunked } from '../store/keys';
import { EntityRow } from '../store/entityRows';
import { PipelineRow } from '../store/pipelineRows';
import { FleetEntity, FleetPipeline } from './Fleet';
import { unpackOutcomes } from './outcome';

const PIPELINE_COLUMNS = [
  'id',
  'scope_key',
  'provider',
  'search',
  'reaches',
  'score',
  'grade',
  'compliance',
  'failing',
  'unknown',
  'collected_at',
  'outcome',
] as const;

const ENTITY_COLUMNS = [
  'entity_ref',
  'owner',
  'system',
  'lifecycle',
  'score',
  'grade',
  'compliance',
] as const;

type PipelineColumns = Pick<PipelineRow, (typeof PIPELINE_COLUMNS)[number]>;
type EntityColumns = Pick<EntityRow, (typeof ENTITY_COLUMNS)[number]>;

/** Rows that are read at a time: other requests are answered in between. */
const PAGE = 5000;

/** Texts of which a fleet has many times the same; one copy of each is enough. */
const texts = new Map<string, string>();
const shared = (text: string) => {
  const known = texts.get(text);
  if (known !== undefined) return known;
  if (texts.size > 100_000) texts.clear();
  texts.set(text, text);
  return text;
};

const toPipeline = (row: PipelineColumns): FleetPipeline => ({
  id: row.id,
  scopeKey: shared(row.scope_key),
  provider: shared(row.provider),
  search: row.search,
  reaches: row.reaches,
  score: row.score,
  grade: row.grade,
  compliance: row.compliance,
  failing: row.failing,
  unknown: row.unknown,
  collectedAt: shared(row.collected_at),
  outcome: unpackOutcomes(row.outcome),
});

const toEntity = (
  row: EntityColumns,
  pipelineIds: readonly string[],
): FleetEntity => ({
  ref: row.entity_ref,
  ...(row.owner && { owner: shared(row.owner) }),
  ...(row.system && { system: shared(row.system) }),
  ...(row.lifecycle && { lifecycle: shared(row.lifecycle) }),
  ...(row.score !== null && { score: row.score }),
  grade: row.grade ?? -1,
  compliance: row.compliance ?? -1,
  pipelineIds,
});

/** All rows of a query, page by page in the order of a column. */
async function everyRow<Row>(
  query: (after: string) => Knex.QueryBuilder,
  keyOf: (row: Row) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ; ) {
    const page: Row[] = await query(after).limit(PAGE);
    for (const row of page) rows.push(row);
    if (page.length < PAGE) return rows;
    after = keyOf(page[page.length - 1]);
  }
}

function edgesByEntity(
  edges: ReadonlyArray<{ entity_ref: string; pipeline_id: string }>,
): Map<string, string[]> {
  const byEntity = new Map<string, string[]>();
  for (const { entity_ref, pipeline_id } of edges) {
    const list = byEntity.get(entity_ref);
    if (list) list.push(pipeline_id);
    else byEntity.set(entity_ref, [pipeline_id]);
  }
  return byEntity;
}

/** Numbers that say whether something changed since it was read. */
export interface FleetVersions {
  scopes: Map<string, number>;
  entities: number;
  org: number;
}

/** Reads what a fleet is made of, now or as it was. */
export class FleetReader {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async versions(): Promise<FleetVersions> {
    const scopes: Array<{ key: string; content_seq: number }> =
      await this.#knex('scopes').select('key', 'content_seq');
    const counters: Array<{ name: string; value: number }> = await this.#knex(
      'counters',
    );
    const counter = (name: string) =>
      counters.find(c => c.name === name)?.value ?? 0;
    return {
      scopes: new Map(scopes.map(s => [s.key, s.content_seq])),
      entities: counter('entities'),
      org: counter('org'),
    };
  }

  /** Pipelines of some scopes; of all, without any named. */
  async pipelines(scopeKeys?: readonly string[]): Promise<FleetPipeline[]> {
    const rows = await everyRow<PipelineColumns>(
      after => {
        const query = this.#knex('pipelines')
          .whereNull('gone_at')
          .where('id', '>', after)
          .orderBy('id')
          .select(...PIPELINE_COLUMNS);
        return scopeKeys ? query.whereIn('scope_key', [...scopeKeys]) : query;
      },
      row => row.id,
    );
    return rows.map(toPipeline);
  }

  /**
   * Entities that changed after a version, with their pipelines, and those that are gone since. -1 gives all.
   */
  async entities(
    after: number,
  ): Promise<{ gone: string[]; entities: FleetEntity[] }> {
    const rows = await everyRow<EntityColumns & { gone: boolean | number }>(
      ref =>
        this.#knex('entities')
          .where('version', '>', after)
          .where('entity_ref', '>', ref)
          .orderBy('entity_ref')
          .select(...ENTITY_COLUMNS, 'gone'),
      row => row.entity_ref,
    );
    const edges =
      after < 0
        ? await this.#knex('entity_pipelines').select(
            'entity_ref',
            'pipeline_id',
          )
        : await this.#edgesOf(rows.map(row => row.entity_ref));
    const byEntity = edgesByEntity(edges);
    return {
      gone: rows.filter(row => row.gone).map(row => row.entity_ref),
      entities: rows
        .filter(row => !row.gone)
        .map(row => toEntity(row, byEntity.get(row.entity_ref) ?? [])),
    };
  }

  async #edgesOf(refs: readonly string[]) {
    const edges: Array<{ entity_ref: string; pipeline_id: string }> = [];
    for (const chunk of chunked(refs, 500)) {
      edges.push(
        ...(await this.#knex('entity_pipelines')
          .whereIn('entity_ref', chunk)
          .select('entity_ref', 'pipeline_id')),
      );
    }
    return edges;
  }

  async parents(): Promise<Map<string, string | undefined>> {
    const rows: Array<{ ref: string; parent: string | null }> =
      await this.#knex('org');
    return new Map(rows.map(row => [row.ref, row.parent ?? undefined]));
  }

  /** Everything as it was at the end of a day, UTC. */
  async asOf(day: string): Promise<{
    pipelines: FleetPipeline[];
    entities: FleetEntity[];
    parents: Map<string, string | undefined>;
  }> {
    const was = (table: string) =>
      this.#knex(table)
        .where('from_day', '<=', day)
        .where('until_day', '>', day);
    const still = (table: string) =>
      this.#knex(table).where('valid_from', '<=', day);
    const pipelines: PipelineColumns[] = [
      ...(await still('pipelines')
        .where(alive =>
          alive.whereNull('gone_at').orWhere('gone_at', '>', endOf(day)),
        )
        .select(...PIPELINE_COLUMNS)),
      ...(await was('pipeline_versions').select(...PIPELINE_COLUMNS)),
    ];
    const entities: EntityColumns[] = [
      ...(await still('entities')
        .where({ gone: false })
        .select(...ENTITY_COLUMNS)),
      ...(await was('entity_versions').select(...ENTITY_COLUMNS)),
    ];
    const edges = edgesByEntity([
      ...(await still('entity_pipelines').select('entity_ref', 'pipeline_id')),
      ...(await was('entity_pipeline_versions').select(
        'entity_ref',
        'pipeline_id',
      )),
    ]);
    const org: Array<{ ref: string; parent: string | null }> = [
      ...(await still('org')),
      ...(await was('org_versions')),
    ];
    return {
      pipelines: pipelines.map(toPipeline),
      entities: entities.map(row =>
        toEntity(row, edges.get(row.entity_ref) ?? []),
      ),
      parents: new Map(org.map(row => [row.ref, row.parent ?? undefined])),
    };
  }

  /** The first day of which everything is kept; undefined before the first reading. */
  async firstDay(): Promise<string | undefined> {
    const [now] = await this.#knex('pipelines').min({ day: 'valid_from' });
    const [past] = await this.#knex('pipeline_versions').min({
      day: 'from_day',
    });
    return [now.day, past.day].filter(Boolean).sort()[0] as string | undefined;
  }
}
