import { Knex } from 'knex';
import {
  Identity,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { chunked } from './keys';
import { tiersByIdentity } from './pipelineChange';

/** A row of `identities`. */
export interface IdentityRow {
  identity_id: string;
  name: string;
  type: string;
  credential: string;
  long_lived: boolean | number | null;
  changed_at: string | null;
  breadth: 'administrator' | 'wide' | 'narrow' | 'none' | 'unknown';
}

const BREADTHS = ['administrator', 'wide', 'narrow'] as const;

const toRow = (identity: Identity): IdentityRow => {
  const { credential, grants } = identity;
  const granted = grants.known ? grants.value.map(g => g.breadth) : [];
  return {
    identity_id: identity.id,
    name: identity.name,
    type: identity.type,
    credential: credential.known ? credential.value.kind : 'unknown',
    long_lived: credential.known ? credential.value.longLived : null,
    changed_at: (credential.known && credential.value.changedAt) || null,
    breadth: grants.known
      ? BREADTHS.find(breadth => granted.includes(breadth)) ?? 'none'
      : 'unknown',
  };
};

const isSame = (a: IdentityRow, b: IdentityRow) =>
  a.name === b.name &&
  a.type === b.type &&
  a.credential === b.credential &&
  a.changed_at === b.changed_at &&
  a.breadth === b.breadth;

/** What an identity reaches by each of the pipeline's stages that may be production. */
export function productionTargetsOf(
  snapshot: PipelineSnapshot,
  identityId: string,
): string[] {
  if (!snapshot.stages.known) return [];
  const targets = snapshot.stages.value
    .filter(
      ({ deploys, tier, units }) =>
        deploys &&
        (!tier.known || tier.value === 'production') &&
        units.some(
          ({ identityIds }) =>
            identityIds.known && identityIds.value.includes(identityId),
        ),
    )
    .flatMap(stage =>
      stage.targets.known && stage.targets.value.length > 0
        ? stage.targets.value.map(target => target.name)
        : [stage.environment ?? `stage ${stage.name}`],
    );
  return [...new Set(targets)].sort();
}

/**
 * Writes which identities a pipeline can act as.
 * What is not known leaves the edges as they were: not seeing a use does not end it.
 *
 * @returns identities that came, left, or are used in other tiers
 */
export async function saveIdentities(
  tx: Knex,
  pipelineId: string,
  snapshot: PipelineSnapshot,
): Promise<string[]> {
  if (!snapshot.identities.known) return [];
  const tiers = tiersByIdentity(snapshot);
  const wanted = new Map(
    snapshot.identities.value.map(({ id }) => [
      id,
      {
        tiers: [...(tiers.get(id) ?? [])].sort().join(','),
        targets: JSON.stringify(productionTargetsOf(snapshot, id)),
      },
    ]),
  );
  const rows: Array<{ identity_id: string; tiers: string; targets: string }> =
    await tx('identity_pipelines').where({ pipeline_id: pipelineId });
  const old = new Map(rows.map(row => [row.identity_id, row]));
  const all = [...new Set([...wanted.keys(), ...old.keys()])];
  const changed = all.filter(
    id =>
      wanted.get(id)?.tiers !== old.get(id)?.tiers ||
      wanted.get(id)?.targets !== old.get(id)?.targets,
  );
  if (changed.length === 0) return [];
  await tx('identity_pipelines')
    .where({ pipeline_id: pipelineId })
    .whereIn('identity_id', changed)
    .delete();
  const added = changed.flatMap(identity_id => {
    const edge = wanted.get(identity_id);
    return edge ? [{ identity_id, pipeline_id: pipelineId, ...edge }] : [];
  });
  if (added.length > 0) await tx('identity_pipelines').insert(added);
  return changed.filter(id => wanted.get(id)?.tiers !== old.get(id)?.tiers);
}

/** What one reading knows of an identity, and another does not, is known. */
const merged = (row: IdentityRow, before: IdentityRow | undefined) => ({
  ...row,
  ...(before &&
    row.credential === 'unknown' && {
      credential: before.credential,
      long_lived: before.long_lived,
      changed_at: before.changed_at,
    }),
  ...(before && row.breadth === 'unknown' && { breadth: before.breadth }),
});

/**
 * Writes what is known of identities, those of a whole transaction at once and in one order: many pipelines share an
 * identity, and two replicas must never wait for each other's rows. Last in a transaction before entities are touched.
 */
export async function saveIdentityAttributes(
  tx: Knex,
  snapshots: readonly PipelineSnapshot[],
): Promise<void> {
  const read = new Map<string, IdentityRow>();
  for (const { identities } of snapshots) {
    if (!identities.known) continue;
    for (const identity of identities.value) {
      const row = toRow(identity);
      read.set(identity.id, merged(row, read.get(identity.id)));
    }
  }
  const ids = [...read.keys()].sort();
  for (const chunk of chunked(ids)) {
    const known: IdentityRow[] = await tx('identities').whereIn(
      'identity_id',
      chunk,
    );
    const old = new Map(known.map(row => [row.identity_id, row]));
    const changed = chunk.flatMap(id => {
      const row = read.get(id);
      if (!row) return [];
      const before = old.get(id);
      const after = merged(row, before);
      return before && isSame(before, after) ? [] : [after];
    });
    if (changed.length > 0)
      await tx('identities').insert(changed).onConflict('identity_id').merge();
  }
}
