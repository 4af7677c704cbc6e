import { Knex } from 'knex';
import { chunked } from './keys';

/**
 * Writes what is above each group, system and domain: only what changed. What it was before is kept.
 *
 * @param today - the day, UTC
 */
export async function saveOrg(
  knex: Knex,
  parents: ReadonlyMap<string, string | undefined>,
  today: string,
): Promise<void> {
  await knex.transaction(async tx => {
    const rows: Array<{
      ref: string;
      parent: string | null;
      valid_from: string;
    }> = await tx('org');
    const old = new Map(rows.map(row => [row.ref, row]));
    const ended = rows.filter(
      row =>
        !parents.has(row.ref) || (parents.get(row.ref) ?? null) !== row.parent,
    );
    const begun = [...parents].filter(
      ([ref, parent]) => old.get(ref)?.parent !== (parent ?? null),
    );
    if (ended.length === 0 && begun.length === 0) return;
    for (const chunk of chunked(ended)) {
      const past = chunk.filter(row => row.valid_from < today);
      if (past.length > 0) {
        await tx('org_versions')
          .insert(
            past.map(({ ref, parent, valid_from }) => ({
              ref,
              parent,
              from_day: valid_from,
              until_day: today,
            })),
          )
          .onConflict(['ref', 'from_day'])
          .ignore();
      }
      await tx('org')
        .whereIn(
          'ref',
          chunk.map(row => row.ref),
        )
        .delete();
    }
    for (const chunk of chunked(begun)) {
      await tx('org').insert(
        chunk.map(([ref, parent]) => ({
          ref,
          parent: parent ?? null,
          valid_from: today,
        })),
      );
    }
    await tx('counters').where({ name: 'org' }).increment('value', 1);
  });
}
