import { Knex } from 'knex';
import {
  IdentityUse,
  parsePipelineRef,
  PipelineSnapshot,
  stringifyPipelineRef,
  Tier,
} from 'backstage-plugin-pipeline-posture-common';
import { chunked } from '../store/keys';

/** Enough to decide and to show; a name shared by thousands is no clearer with all of them. */
const MOST_USES = 100;

interface Edge {
  identity_id: string;
  pipeline_id: string;
  tiers: string;
  name: string;
}

/**
 * Joins into a snapshot the pipelines of other scopes that can act as its identities.
 * A provider sees one scope at a time; an identity does not end there.
 */
export class SharingJoiner {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async join(
    snapshots: readonly PipelineSnapshot[],
  ): Promise<PipelineSnapshot[]> {
    const ids = new Set(
      snapshots.flatMap(({ identities }) =>
        identities.known ? identities.value.map(({ id }) => id) : [],
      ),
    );
    const edges = await this.#edges([...ids]);
    if (edges.size === 0) return [...snapshots];
    return snapshots.map(snapshot => this.#joinOne(snapshot, edges));
  }

  #joinOne(
    snapshot: PipelineSnapshot,
    edges: ReadonlyMap<string, Edge[]>,
  ): PipelineSnapshot {
    if (!snapshot.identities.known) return snapshot;
    const self = stringifyPipelineRef(snapshot.ref);
    const value = snapshot.identities.value.map(identity => {
      const { usedBy } = identity;
      if (!usedBy.known) return identity;
      const seen = new Set(
        usedBy.value.map(use => stringifyPipelineRef(use.pipeline)),
      );
      const others = (edges.get(identity.id) ?? [])
        .filter(
          edge => edge.pipeline_id !== self && !seen.has(edge.pipeline_id),
        )
        .flatMap((edge): IdentityUse[] => {
          const pipeline = parsePipelineRef(edge.pipeline_id);
          const tiers = edge.tiers === '' ? [] : edge.tiers.split(',');
          // Within its own scope the provider knows better than what an earlier run left.
          if (!pipeline || pipeline.scope === snapshot.ref.scope) return [];
          return [
            {
              pipeline,
              name: edge.name,
              tiers: tiers as Array<Tier | 'unknown'>,
            },
          ];
        });
      return others.length === 0
        ? identity
        : {
            ...identity,
            usedBy: { ...usedBy, value: [...usedBy.value, ...others] },
          };
    });
    return { ...snapshot, identities: { ...snapshot.identities, value } };
  }

  async #edges(identityIds: readonly string[]): Promise<Map<string, Edge[]>> {
    const edges = new Map<string, Edge[]>();
    for (const chunk of chunked(identityIds)) {
      const rows = await this.#knex('identity_pipelines as i')
        .join('pipelines as p', 'p.id', 'i.pipeline_id')
        .whereIn('i.identity_id', chunk)
        .orderBy('i.pipeline_id')
        .select<Edge[]>('i.identity_id', 'i.pipeline_id', 'i.tiers', 'p.name');
      for (const row of rows) {
        const list = edges.get(row.identity_id) ?? [];
        if (list.length < MOST_USES) edges.set(row.identity_id, [...list, row]);
      }
    }
    return edges;
  }
}
