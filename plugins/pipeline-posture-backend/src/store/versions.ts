import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Knex } from 'knex';
import {
  IdentityView,
  PipelineScore,
  PipelineSnapshot,
  StageView,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { toIdentityViews, toStageViews } from '../api/views';
import { AssessedFinding, ResultRecord } from '../evaluation/assessment';
import { dayOf } from '../history/days';
import { chunked } from './keys';
import { PipelineRow } from './pipelineRows';

/** What is kept of a pipeline as it was, beside the numbers. */
export interface PipelineBody {
  posture: PipelineScore;
  results: ResultRecord[];
  stages: StageView[];
  identities: IdentityView[];
}

/** Nobody searches in it, and most of it repeats: a tenth of the bytes is left. */
export const packed = (value: unknown): Buffer =>
  deflateRawSync(JSON.stringify(value));

/** Reads what {@link packed} wrote. */
export const unpacked = <T>(body: Buffer): T =>
  JSON.parse(inflateRawSync(body).toString('utf8')) as T;

/** Stages and identities of a snapshot, for people. */
export const shownParts = (snapshot: PipelineSnapshot, id: string) => ({
  stages: toStageViews(snapshot),
  identities: toIdentityViews(snapshot, id, stringifyPipelineRef),
});

/** A pipeline as it was, for the row of the past that replaces the row of today. */
export const bodyOf = (row: PipelineRow): PipelineBody => ({
  posture: JSON.parse(row.posture),
  results: JSON.parse(row.results),
  ...shownParts(JSON.parse(row.snapshot), row.id),
});

/**
 * Keeps a pipeline as it was, if it was so at the end of any day.
 *
 * @param row - as it stands in the database before it is overwritten or removed
 */
export async function archivePipeline(
  tx: Knex,
  row: PipelineRow,
  today: string,
): Promise<void> {
  const until = row.gone_at ? row.gone_at.slice(0, 10) : today;
  if (row.valid_from >= until) return;
  await tx('pipeline_versions')
    .insert({
      id: row.id,
      from_day: row.valid_from,
      until_day: until,
      scope_key: row.scope_key,
      provider: row.provider,
      name: row.name,
      search: row.search,
      kind: row.kind,
      url: row.url,
      rubric: row.rubric,
      reaches: row.reaches,
      score: row.score,
      potential: row.potential,
      coverage: row.coverage,
      grade: row.grade,
      compliance: row.compliance,
      failing: row.failing,
      unknown: row.unknown,
      collected_at: row.collected_at,
      stale_since: row.stale_since,
      outcome: row.outcome,
      body: packed(bodyOf(row)),
    })
    .onConflict(['id', 'from_day'])
    .ignore();
}

/** A row of `findings`. */
export interface FindingRow {
  pipeline_id: string;
  control_id: string;
  status: string;
  severity: string;
  severity_rank: number;
  dimension: string;
  finding: string;
  since: string;
  valid_from: string;
}

/** Keeps findings as they were. */
export async function archiveFindings(
  tx: Knex,
  rows: readonly FindingRow[],
  today: string,
): Promise<void> {
  const past = rows.filter(row => row.valid_from < today);
  for (const chunk of chunked(past, 100)) {
    await tx('finding_versions')
      .insert(
        chunk.map(row => ({
          pipeline_id: row.pipeline_id,
          control_id: row.control_id,
          from_day: row.valid_from,
          until_day: today,
          severity_rank: row.severity_rank,
          body: packed(JSON.parse(row.finding) as AssessedFinding),
        })),
      )
      .onConflict(['pipeline_id', 'control_id', 'from_day'])
      .ignore();
  }
}

/** Keeps which pipelines belonged to which entities. */
export async function archiveEdges(
  tx: Knex,
  edges: ReadonlyArray<{
    entity_ref: string;
    pipeline_id: string;
    valid_from: string;
  }>,
  now: Date,
): Promise<void> {
  const today = dayOf(now);
  const past = edges.filter(edge => edge.valid_from < today);
  for (const chunk of chunked(past, 100)) {
    await tx('entity_pipeline_versions')
      .insert(
        chunk.map(({ entity_ref, pipeline_id, valid_from }) => ({
          entity_ref,
          pipeline_id,
          from_day: valid_from,
          until_day: today,
        })),
      )
      .onConflict(['entity_ref', 'pipeline_id', 'from_day'])
      .ignore();
  }
}
