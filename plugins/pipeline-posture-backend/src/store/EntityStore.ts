import { Knex } from 'knex';
import {
  COMPLIANCES,
  EntityLabels,
  EntityScore,
  GRADES,
  LabelChanges,
  scoreEntity,
} from 'backstage-plugin-pipeline-posture-common';
import { isPostgres } from './migrate';
import { chunked } from './keys';
import { PipelineRow } from './pipelineRows';

/** An entity of the catalog, as far as posture is concerned. */
export interface LinkedEntity {
  entityRef: string;
  kind: string;
  title?: string;
  owner?: string;
  system?: string;
  lifecycle?: string;
  /** Groups of keys; a pipeline that has all keys of one group belongs to the entity. */
  targets: string[][];
  /** Changes whenever anything above does. */
  hash: string;
}

interface EntityRow {
  entity_ref: string;
  kind: string;
  title: string | null;
  owner: string | null;
  system: string | null;
  lifecycle: string | null;
  links_hash: string;
  dirty: boolean | number;
  score: number | null;
  grade: number | null;
  compliance: number | null;
  posture: string | null;
  label_seq: number | null;
  gone: boolean | number;
}

const LABEL_PAGE = 5000;

/** Entities, what they point at, their pipelines, their posture and labels. */
export class EntityStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Keeps entities that the catalog has; those that did not change cost one look. */
  async saveEntities(entities: readonly LinkedEntity[]): Promise<void> {
    for (const chunk of chunked(entities)) {
      await this.#knex.transaction(async tx => {
        const rows = await tx<EntityRow>('entities')
          .whereIn(
            'entity_ref',
            chunk.map(e => e.entityRef),
          )
          .select('entity_ref', 'links_hash', 'gone');
        const known = new Map(rows.map(row => [row.entity_ref, row]));
        const changed = chunk.filter(entity => {
          const row = known.get(entity.entityRef);
          return !row || row.gone || row.links_hash !== entity.hash;
        });
        if (changed.length > 0) await this.#write(tx, changed);
      });
    }
  }

  async #write(
    tx: Knex.Transaction,
    entities: readonly LinkedEntity[],
  ): Promise<void> {
    const refs = entities.map(e => e.entityRef);
    await tx('entities')
      .insert(
        entities.map(e => ({
          entity_ref: e.entityRef,
          kind: e.kind,
          title: e.title ?? null,
          owner: e.owner ?? null,
          system: e.system ?? null,
          lifecycle: e.lifecycle ?? null,
          links_hash: e.hash,
          dirty: true,
          gone: false,
        })),
      )
      .onConflict('entity_ref')
      .merge([
        'kind',
        'title',
        'owner',
        'system',
        'lifecycle',
        'links_hash',
        'dirty',
        'gone',
      ]);
    await tx('entity_targets').whereIn('entity_ref', refs).delete();
    const targets = entities.flatMap(e =>
      e.targets.flatMap((keys, group_no) =>
        keys.map(key => ({
          entity_ref: e.entityRef,
          group_no,
          group_size: keys.length,
          key,
        })),
      ),
    );
    for (const chunk of chunked(targets))
      await tx('entity_targets').insert(chunk);
    await this.#replaceEdges(tx, 'entity_ref', refs);
  }

  /** Finds the entities of pipelines anew. Entities that win or lose one are scored again. */
  async relinkPipelines(
    tx: Knex.Transaction,
    pipelineIds: readonly string[],
  ): Promise<void> {
    for (const chunk of chunked(pipelineIds)) {
      await this.#replaceEdges(tx, 'pipeline_id', chunk);
    }
  }

  async #replaceEdges(
    tx: Knex.Transaction,
    side: 'entity_ref' | 'pipeline_id',
    values: readonly string[],
  ): Promise<void> {
    const column = side === 'entity_ref' ? 't.entity_ref' : 'k.pipeline_id';
    const wanted = await tx('entity_targets as t')
      .join('pipeline_keys as k', 'k.key', 't.key')
      .whereIn(column, values)
      .groupBy('t.entity_ref', 't.group_no', 'k.pipeline_id')
      .havingRaw('count(*) = max(t.group_size)')
      .select<{ entity_ref: string; pipeline_id: string }[]>(
        't.entity_ref',
        'k.pipeline_id',
      );
    const present = await tx('entity_pipelines').whereIn(side, values);
    const name = (edge: { entity_ref: string; pipeline_id: string }) =>
      `${edge.entity_ref} ${edge.pipeline_id}`;
    const wantedByName = new Map(wanted.map(edge => [name(edge), edge]));
    const presentNames = new Set(present.map(name));
    const lost = present.filter(edge => !wantedByName.has(name(edge)));
    const won = [...wantedByName.values()].filter(
      edge => !presentNames.has(name(edge)),
    );
    for (const { entity_ref, pipeline_id } of lost) {
      await tx('entity_pipelines').where({ entity_ref, pipeline_id }).delete();
    }
    for (const chunk of chunked(won)) {
      await tx('entity_pipelines').insert(chunk).onConflict().ignore();
    }
    await this.#makeDirty(
      tx,
      [...lost, ...won].map(edge => edge.entity_ref),
    );
  }

  async #makeDirty(tx: Knex, entityRefs: readonly string[]): Promise<void> {
    for (const chunk of chunked([...new Set(entityRefs)])) {
      await tx('entities').whereIn('entity_ref', chunk).update({ dirty: true });
    }
  }

  /** Entities of these pipelines are scored again. */
  async makeDirtyByPipelines(
    tx: Knex,
    pipelineIds: readonly string[],
  ): Promise<void> {
    for (const chunk of chunked(pipelineIds)) {
      await tx('entities')
        .whereIn(
          'entity_ref',
          tx('entity_pipelines')
            .whereIn('pipeline_id', chunk)
            .select('entity_ref'),
        )
        .update({ dirty: true });
    }
  }

  /** Entities that a complete reading of the catalog did not see lose their links and labels. */
  async removeUnseen(seen: ReadonlySet<string>): Promise<void> {
    const rows = await this.#knex<EntityRow>('entities')
      .where({ gone: false })
      .select('entity_ref');
    const unseen = rows
      .map(row => row.entity_ref)
      .filter(ref => !seen.has(ref));
    for (const chunk of chunked(unseen)) {
      await this.#knex.transaction(async tx => {
        await tx('entity_targets').whereIn('entity_ref', chunk).delete();
        await tx('entity_pipelines').whereIn('entity_ref', chunk).delete();
        await tx('entities')
          .whereIn('entity_ref', chunk)
          .update({ gone: true, dirty: true });
      });
    }
  }

  /**
   * Scores entities that need it.
   *
   * @returns refs of entities whose labels changed, in batches as they are written
   */
  async *settleDirty(): AsyncGenerator<string[]> {
    for (;;) {
      const batch = await this.#settleBatch();
      if (batch.changed.length > 0) yield batch.changed;
      if (batch.settled === 0) return;
    }
  }

  async #settleBatch(): Promise<{ settled: number; changed: string[] }> {
    return this.#knex.transaction(async tx => {
      const query = tx<EntityRow>('entities')
        .where({ dirty: true })
        .orderBy('entity_ref')
        .limit(200);
      if (isPostgres(this.#knex)) query.forUpdate().skipLocked();
      const rows = await query;
      if (rows.length === 0) return { settled: 0, changed: [] };
      const scores = await this.#scoresOf(
        tx,
        rows.map(row => row.entity_ref),
      );
      const relabelled = rows.filter(row => {
        const score = scores.get(row.entity_ref);
        const grade = score ? GRADES.indexOf(score.grade) : null;
        const compliance = score ? COMPLIANCES.indexOf(score.compliance) : null;
        return row.grade !== grade || row.compliance !== compliance;
      });
      // The row lock makes the order of numbers the order of commits: no reader of labels can miss one.
      let seq = 0;
      if (relabelled.length > 0) {
        await tx('counters')
          .where({ name: 'labels' })
          .increment('value', relabelled.length);
        const counter = await tx('counters').where({ name: 'labels' }).first();
        seq = counter.value - relabelled.length;
      }
      const numbers = new Map(
        relabelled.map((row, i) => [row.entity_ref, seq + i + 1]),
      );
      for (const row of rows) {
        const score = scores.get(row.entity_ref);
        await tx('entities')
          .where({ entity_ref: row.entity_ref })
          .update({
            dirty: false,
            score: score?.score ?? null,
            grade: score ? GRADES.indexOf(score.grade) : null,
            compliance: score ? COMPLIANCES.indexOf(score.compliance) : null,
            posture: score ? JSON.stringify(score) : null,
            label_seq: numbers.get(row.entity_ref) ?? row.label_seq,
          });
      }
      return {
        settled: rows.length,
        changed: relabelled.map(row => row.entity_ref),
      };
    });
  }

  async #scoresOf(
    tx: Knex,
    entityRefs: string[],
  ): Promise<Map<string, EntityScore>> {
    const rows = await tx('entity_pipelines as e')
      .join('pipelines as p', 'p.id', 'e.pipeline_id')
      .whereIn('e.entity_ref', entityRefs)
      .whereNull('p.gone_at')
      .select<
        Array<
          Pick<PipelineRow, 'id' | 'posture' | 'reaches'> & {
            entity_ref: string;
          }
        >
      >('e.entity_ref', 'p.id', 'p.posture', 'p.reaches');
    const byEntity = new Map<string, typeof rows>();
    for (const row of rows) {
      byEntity.set(row.entity_ref, [
        ...(byEntity.get(row.entity_ref) ?? []),
        row,
      ]);
    }
    const scores = new Map<string, EntityScore>();
    for (const [entityRef, pipelines] of byEntity) {
      const score = scoreEntity(
        pipelines.map(p => ({
          id: p.id,
          reachesProduction: p.reaches,
          posture: JSON.parse(p.posture),
        })),
      );
      if (score) scores.set(entityRef, score);
    }
    return scores;
  }

  /** Labels that changed since a cursor; all of them if there is none. */
  async labelsSince(cursor: string | undefined): Promise<LabelChanges> {
    const since =
      cursor !== undefined && /^\d{1,15}$/.test(cursor)
        ? Number(cursor)
        : undefined;
    const [{ value }] = await this.#knex('counters').where({ name: 'labels' });
    // A cursor of another database would hide everything that this one has.
    const usable = since !== undefined && since <= value;
    const rows = await this.#knex<EntityRow>('entities')
      .where('label_seq', '>', usable ? since : 0)
      .orderBy('label_seq')
      .limit(LABEL_PAGE);
    const last = rows.at(-1)?.label_seq;
    return {
      items: rows.map(
        (row): EntityLabels => ({
          entityRef: row.entity_ref,
          ...(row.compliance !== null &&
            row.grade !== null &&
            !row.gone && {
              compliance: COMPLIANCES[row.compliance],
              grade: GRADES[row.grade],
            }),
        }),
      ),
      cursor: String(last ?? (usable ? since : value)),
      complete: !usable,
      more: rows.length === LABEL_PAGE,
    };
  }

  /** Ids of the pipelines that have all keys of any of the groups. */
  async pipelinesByTargets(targets: readonly string[][]): Promise<string[][]> {
    const keys = [...new Set(targets.flat())];
    if (keys.length === 0) return targets.map(() => []);
    const rows = await this.#knex('pipeline_keys')
      .whereIn('key', keys)
      .select<{ pipeline_id: string; key: string }[]>('pipeline_id', 'key');
    const keysOf = new Map<string, Set<string>>();
    for (const { pipeline_id, key } of rows) {
      keysOf.set(pipeline_id, (keysOf.get(pipeline_id) ?? new Set()).add(key));
    }
    return targets.map(group =>
      [...keysOf]
        .filter(([, has]) => group.every(key => has.has(key)))
        .map(([id]) => id)
        .sort(),
    );
  }

  /** Owners of the entities of pipelines, by pipeline id. */
  async ownersOf(
    pipelineIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    const owners = new Map<string, string[]>();
    for (const chunk of chunked(pipelineIds)) {
      const rows = await this.#knex('entity_pipelines as e')
        .join('entities as n', 'n.entity_ref', 'e.entity_ref')
        .whereIn('e.pipeline_id', chunk)
        .whereNotNull('n.owner')
        .distinct('e.pipeline_id', 'n.owner');
      for (const { pipeline_id, owner } of rows) {
        owners.set(pipeline_id, [...(owners.get(pipeline_id) ?? []), owner]);
      }
    }
    return owners;
  }

  /** Owner of an entity, if it has one. */
  async ownerOf(entityRef: string): Promise<string[]> {
    const row = await this.#knex<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .first();
    return row?.owner ? [row.owner] : [];
  }

  /** Keeps what is above each group, system and domain. */
  async saveOrg(
    parents: ReadonlyMap<string, string | undefined>,
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await tx('org').delete();
      const rows = [...parents].map(([ref, parent]) => ({
        ref,
        parent: parent ?? null,
      }));
      for (const chunk of chunked(rows)) await tx('org').insert(chunk);
    });
  }

  /** Ids of the pipelines of an entity. */
  async pipelinesOf(entityRef: string): Promise<string[]> {
    const rows = await this.#knex('entity_pipelines')
      .where({ entity_ref: entityRef })
      .orderBy('pipeline_id');
    return rows.map(row => row.pipeline_id);
  }

  /** Entities of pipelines, by pipeline id. */
  async entitiesOf(
    pipelineIds: readonly string[],
  ): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const chunk of chunked(pipelineIds)) {
      const rows = await this.#knex('entity_pipelines')
        .whereIn('pipeline_id', chunk)
        .orderBy('entity_ref');
      for (const { pipeline_id, entity_ref } of rows) {
        found.set(pipeline_id, [...(found.get(pipeline_id) ?? []), entity_ref]);
      }
    }
    return found;
  }
}
