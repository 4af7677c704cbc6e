import { Knex } from 'knex';
import { LabelChanges } from 'backstage-plugin-pipeline-posture-common';
import { dayOf } from '../history/days';
import { isRefusedValue } from './databaseError';
import { replaceEdges } from './entityEdges';
import { lockEntities } from './entityLock';
import { archiveEntities, EntityRow, lockedEntities } from './entityRows';
import { labelsSince } from './entityLabels';
import { settleSome } from './entityScores';
import { fit } from './fit';
import { chunked } from './keys';
import { saveOrg } from './orgRows';
import { transact } from './transact';
import { archiveEdges } from './versions';

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

/** Entities, what they point at, their pipelines, their posture and labels. */
export class EntityStore {
  readonly #knex: Knex;
  readonly #now: () => Date;

  constructor(knex: Knex, now: () => Date) {
    this.#knex = knex;
    this.#now = now;
  }

  /**
   * Keeps entities that the catalog has; those that did not change cost one look.
   *
   * @returns refs of those that the database does not take: one of them stops no other
   * @throws Error if the database does not work
   */
  async saveEntities(entities: readonly LinkedEntity[]): Promise<string[]> {
    const refused: string[] = [];
    for (const chunk of chunked(entities)) {
      const rows = await this.#knex<EntityRow>('entities').whereIn(
        'entity_ref',
        chunk.map(e => e.entityRef),
      );
      const known = new Map(rows.map(row => [row.entity_ref, row]));
      const changed = chunk.filter(entity => {
        const row = known.get(entity.entityRef);
        return !row || row.gone || row.links_hash !== entity.hash;
      });
      if (changed.length > 0) refused.push(...(await this.#save(changed)));
    }
    return refused;
  }

  async #save(entities: readonly LinkedEntity[]): Promise<string[]> {
    try {
      await transact(this.#knex, tx => this.#write(tx, entities));
      return [];
    } catch (error) {
      if (!isRefusedValue(error)) throw error;
      if (entities.length === 1) return [entities[0].entityRef];
      const refused: string[] = [];
      for (const entity of entities)
        refused.push(...(await this.#save([entity])));
      return refused;
    }
  }

  async #write(
    tx: Knex.Transaction,
    entities: readonly LinkedEntity[],
  ): Promise<void> {
    const refs = entities.map(e => e.entityRef);
    const today = dayOf(this.#now());
    await lockEntities(tx);
    await archiveEntities(tx, await lockedEntities(tx, refs), today);
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
          valid_from: today,
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
        'valid_from',
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
    await replaceEdges(tx, 'entity_ref', refs, this.#now());
  }

  /** Finds the entities of pipelines anew. Entities that win or lose one are scored again. */
  async relinkPipelines(
    tx: Knex.Transaction,
    pipelineIds: readonly string[],
  ): Promise<void> {
    if (pipelineIds.length > 0) await lockEntities(tx);
    for (const chunk of chunked(pipelineIds)) {
      await replaceEdges(tx, 'pipeline_id', chunk, this.#now());
    }
  }

  /** Entities of these pipelines are scored again. */
  async makeDirtyByPipelines(
    tx: Knex.Transaction,
    pipelineIds: readonly string[],
  ): Promise<void> {
    if (pipelineIds.length > 0) await lockEntities(tx);
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
      await transact(this.#knex, async tx => {
        const now = this.#now();
        await lockEntities(tx);
        await tx('entity_targets').whereIn('entity_ref', chunk).delete();
        const edges = tx('entity_pipelines').whereIn('entity_ref', chunk);
        await archiveEdges(tx, await edges.clone(), now);
        await edges.delete();
        await archiveEntities(tx, await lockedEntities(tx, chunk), dayOf(now));
        await tx<EntityRow>('entities')
          .whereIn('entity_ref', chunk)
          .update({ gone: true, dirty: true, valid_from: dayOf(now) });
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
      const batch = await settleSome(this.#knex, this.#now());
      if (batch.changed.length > 0) yield batch.changed;
      if (batch.settled === 0) return;
    }
  }

  /** Labels that changed since a cursor; all of them if there is none. */
  labelsSince(cursor: string | undefined): Promise<LabelChanges> {
    return labelsSince(this.#knex, cursor);
  }

  /** Ids of the pipelines that have all keys of any of the groups. */
  async pipelinesByTargets(targets: readonly string[][]): Promise<string[][]> {
    const wanted = targets.map(group => group.map(key => fit(key)));
    const keys = [...new Set(wanted.flat())];
    if (keys.length === 0) return targets.map(() => []);
    const rows = await this.#knex('pipeline_keys')
      .whereIn('key', keys)
      .select<{ pipeline_id: string; key: string }[]>('pipeline_id', 'key');
    const keysOf = new Map<string, Set<string>>();
    for (const { pipeline_id, key } of rows) {
      keysOf.set(pipeline_id, (keysOf.get(pipeline_id) ?? new Set()).add(key));
    }
    return wanted.map(group =>
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

  /** Keeps what is above each group, system and domain; what it was before is kept too. */
  saveOrg(parents: ReadonlyMap<string, string | undefined>): Promise<void> {
    return saveOrg(this.#knex, parents, dayOf(this.#now()));
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
