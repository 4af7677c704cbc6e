import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  ChangeCause,
  ChangeView,
  Transition,
} from 'backstage-plugin-pipeline-posture-common';
import { keepUntold } from '../announce/UntoldStore';
import { lockEntities } from '../store/entityLock';
import { chunked } from '../store/keys';
import { transact } from '../store/transact';
import { classifyChange, Known } from './classifyChange';
import { DayNumbers, noteDays } from './dailySpans';
import { dayOf, endOf } from './days';
import { markOf } from './markOf';

interface ChangeRow {
  id: number;
  event_id: string;
  at: string;
  pipeline_id: string;
  cause: ChangeCause;
  transitions: string;
  score_before: number | null;
  score_after: number | null;
  grade_before: number | null;
  grade_after: number | null;
  compliance_before: number | null;
  compliance_after: number | null;
  rubric: string;
}

/** Causes that lie in the rules, not in the pipeline. */
export const RULE_CHANGES: ReadonlySet<ChangeCause> = new Set<ChangeCause>([
  'control-added',
  'control-removed',
  'control-changed',
  'weight-changed',
]);

/** Subject of a pipeline's daily row. */
export const pipelineSubject = (id: string) => `pipeline:${id}`;
/** Subject of an entity's daily row. */
export const entitySubject = (ref: string) => `entity:${ref}`;

/** The ledger of changes and the daily numbers. */
export class HistoryStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Writes what changed, in the transaction that changes it, and that others must be told; nothing if nothing did.
   *
   * @returns the entry, and why it changed
   */
  async record(
    tx: Knex,
    change: { pipelineId: string; before?: Known; after: Known; at: Date },
  ): Promise<{ eventId: string; causes: ChangeCause[] } | undefined> {
    const { before, after } = change;
    const causes = classifyChange(before, after);
    if (causes.size === 0) return undefined;
    const eventId = await this.#append(tx, {
      pipelineId: change.pipelineId,
      at: change.at,
      before,
      after,
      rubric: after.rubric,
      causes,
    });
    await keepUntold(tx, eventId, change.at);
    return { eventId, causes: [...causes.keys()] };
  }

  /** Writes that pipelines are gone. */
  async recordGone(
    tx: Knex,
    pipelines: ReadonlyArray<{
      id: string;
      score: number;
      grade: number;
      compliance: number;
      rubric: string;
    }>,
    at: Date,
  ): Promise<void> {
    for (const pipeline of pipelines) {
      await this.#append(tx, {
        pipelineId: pipeline.id,
        at,
        before: { ...pipeline, results: [] },
        rubric: pipeline.rubric,
        causes: new Map([['pipeline-gone', []]]),
      });
    }
  }

  async #append(
    tx: Knex,
    entry: {
      pipelineId: string;
      at: Date;
      before?: Known;
      after?: Known;
      rubric: string;
      causes: Map<ChangeCause, Transition[]>;
    },
  ): Promise<string> {
    const event_id = randomUUID();
    await tx('changes').insert(
      [...entry.causes].map(([cause, transitions]) => ({
        event_id,
        at: entry.at.toISOString(),
        pipeline_id: entry.pipelineId,
        cause,
        transitions: JSON.stringify(transitions),
        score_before: entry.before?.score ?? null,
        score_after: entry.after?.score ?? null,
        grade_before: entry.before?.grade ?? null,
        grade_after: entry.after?.grade ?? null,
        compliance_before: entry.before?.compliance ?? null,
        compliance_after: entry.after?.compliance ?? null,
        rubric: entry.rubric,
      })),
    );
    return event_id;
  }

  /** Notes the numbers of pipelines that were read today. */
  async noteDay(
    tx: Knex,
    pipelineIds: readonly string[],
    at: Date,
  ): Promise<void> {
    const day = dayOf(at);
    for (const chunk of chunked(pipelineIds)) {
      const rows = await tx('pipelines')
        .whereIn('id', chunk)
        .select('id', 'score', 'grade', 'compliance', 'failing', 'unknown');
      await noteDays(
        tx,
        day,
        rows.map(({ id, ...numbers }) => ({
          subject: pipelineSubject(id),
          ...numbers,
        })),
      );
    }
  }

  /** Notes the numbers of the entities of pipelines that were read today. */
  async noteEntitiesDay(
    pipelineIds: readonly string[],
    at: Date,
  ): Promise<void> {
    for (const chunk of chunked(pipelineIds)) {
      await transact(this.#knex, tx => noteEntities(tx, chunk, dayOf(at)));
    }
  }

  /** Newest entries of pipelines first; those until the end of a day, if one is given. */
  async changes(
    pipelineIds: readonly string[],
    limit: number,
    day?: string,
  ): Promise<ChangeView[]> {
    const rows: Array<ChangeRow & { name: string | null }> = await this.#knex(
      'changes as c',
    )
      .leftJoin('pipelines as p', 'p.id', 'c.pipeline_id')
      .whereIn('c.pipeline_id', [...pipelineIds])
      .where(then => day !== undefined && then.where('c.at', '<=', endOf(day)))
      .orderBy('c.id', 'desc')
      .limit(limit)
      .select('c.*', 'p.name');
    return rows.map(row => {
      const before = markOf(
        row.score_before,
        row.grade_before,
        row.compliance_before,
      );
      const after = markOf(
        row.score_after,
        row.grade_after,
        row.compliance_after,
      );
      return {
        id: row.id,
        eventId: row.event_id,
        at: row.at,
        pipelineId: row.pipeline_id,
        pipelineName: row.name ?? row.pipeline_id,
        cause: row.cause,
        ruleChange: RULE_CHANGES.has(row.cause),
        transitions: JSON.parse(row.transitions),
        ...(before && { before }),
        ...(after && { after }),
      };
    });
  }
}

/** Entities of pipelines that several replicas read: one after the other, so that a day has one row. */
async function noteEntities(
  tx: Knex.Transaction,
  pipelineIds: readonly string[],
  day: string,
): Promise<void> {
  await lockEntities(tx);
  const rows: Array<Omit<DayNumbers, 'subject'> & { entity_ref: string }> =
    await tx('entities as n')
      .whereIn(
        'n.entity_ref',
        tx('entity_pipelines')
          .whereIn('pipeline_id', pipelineIds)
          .select('entity_ref'),
      )
      .whereNotNull('n.score')
      .join('entity_pipelines as e', 'e.entity_ref', 'n.entity_ref')
      .join('pipelines as p', 'p.id', 'e.pipeline_id')
      .whereNull('p.gone_at')
      .groupBy('n.entity_ref', 'n.score', 'n.grade', 'n.compliance')
      .select(
        'n.entity_ref',
        'n.score',
        'n.grade',
        'n.compliance',
        tx.raw('sum(p.failing) as failing'),
        tx.raw('sum(p.unknown) as unknown'),
      );
  await noteDays(
    tx,
    day,
    rows.map(row => ({
      subject: entitySubject(row.entity_ref),
      score: row.score,
      grade: row.grade,
      compliance: row.compliance,
      failing: Number(row.failing),
      unknown: Number(row.unknown),
    })),
  );
}
