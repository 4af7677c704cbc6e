import { Knex } from 'knex';
import { Hierarchy } from '../fleet/Hierarchy';

interface OrgSpan {
  ref: string;
  parent: string | null;
  from: string;
  until: string;
}

/**
 * What was above groups and systems at the end of each day since one.
 *
 * @param since - the earliest day that will be asked for, UTC
 */
export async function hierarchiesSince(
  knex: Knex,
  since: string,
): Promise<(day: string) => Hierarchy> {
  const spans: OrgSpan[] = [
    ...(await knex('org').select(
      'ref',
      'parent',
      'valid_from as from',
      knex.raw(`'9999' as until`),
    )),
    ...(await knex('org_versions')
      .where('until_day', '>', since)
      .select('ref', 'parent', 'from_day as from', 'until_day as until')),
  ];
  // Between two of these days nothing moved.
  const steps = [
    ...new Set(spans.flatMap(span => [span.from, span.until])),
  ].sort();
  const known = new Map<string, Hierarchy>();
  return day => {
    const step = steps.findLast(from => from <= day) ?? '';
    let hierarchy = known.get(step);
    if (!hierarchy) {
      const inForce = spans.filter(s => s.from <= day && day < s.until);
      hierarchy = new Hierarchy(
        new Map(inForce.map(s => [s.ref, s.parent ?? undefined])),
      );
      known.set(step, hierarchy);
    }
    return hierarchy;
  };
}
