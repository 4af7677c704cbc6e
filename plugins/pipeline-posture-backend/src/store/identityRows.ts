import { Knex } from 'knex';
import {
  Identity,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
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
  await saveAttributes(tx, snapshot.identities.value);
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

/** What one pipeline's reading could not tell of an identity does not undo what another's could. */
async function saveAttributes(
  tx: Knex,
  identities: readonly Identity[],
): Promise<void> {
  const known: IdentityRow[] = await tx('identities').whereIn(
    'identity_id',
    identities.map(({ id }) => id),
  );
  const old = new Map(known.map(row => [row.identity_id, row]));
  // In one order everywhere, so that two replicas never wait for each other's rows.
  const rows = identities
    .map(toRow)
    .sort((a, b) => (a.identity_id < b.identity_id ? -1 : 1));
  for (const row of rows) {
    const before = old.get(row.identity_id);
    const merged: IdentityRow = {
      ...row,
      ...(before &&
        row.credential === 'unknown' && {
          credential: before.credential,
          long_lived: before.long_lived,
          changed_at: before.changed_at,
        }),
      ...(before && row.breadth === 'unknown' && { breadth: before.breadth }),
    };
    const same =
      before &&
      before.name === merged.name &&
      before.type === merged.type &&
      before.credential === merged.credential &&
      before.changed_at === merged.changed_at &&
      before.breadth === merged.breadth;
    if (!same)
      await tx('identities').insert(merged).onConflict('identity_id').merge();
  }
}
