import { Grant, Identity } from 'backstage-plugin-pipeline-posture-common';
import {
  judge,
  notApplicable,
  Verdict,
} from 'backstage-plugin-pipeline-posture-node';
import { onlyReadsSource, titleOf } from '../identities';

/** More titles than this do not help anybody; the evidence has them all. */
const SHOWN = 3;

/** An administrator has every right, whatever else is listed. */
export const isAdministrator = ({ breadth }: Grant) =>
  breadth === 'administrator';

/** Rights in words, with where the first one comes from and what could stand there instead. */
export function described(grants: readonly Grant[]): string {
  const [first] = grants;
  const titles = grants.slice(0, SHOWN).map(({ title }) => title);
  const more = grants.length - titles.length;
  const origin = first?.origin ? ` (${first.origin})` : '';
  const narrowed = grants.find(grant => grant.narrowed)?.narrowed;
  return `${titles.join('; ')}${more > 0 ? ` and ${more} more` : ''}${origin}.${
    narrowed ? ` A narrower statement would be: ${narrowed}` : ''
  }`;
}

/**
 * Judges the rights of every identity that does more than read source code.
 *
 * @param isBad - whether a right answers the control's question badly
 * @param says - what is said of an identity with such rights, and of one without
 */
export function judgeGrants(
  identities: readonly Identity[],
  expected: string,
  isBad: (grant: Grant) => boolean,
  says: { bad: string; good: string },
): Verdict {
  const judged = identities.filter(identity => !onlyReadsSource(identity));
  if (judged.length === 0) {
    return notApplicable(
      'This pipeline acts as no identity beyond reading its source code.',
    );
  }
  return judged.flatMap(identity =>
    judge(identity.grants, titleOf(identity), expected, grants => {
      const bad = grants.filter(
        grant => isAdministrator(grant) || isBad(grant),
      );
      return {
        ok: bad.length === 0,
        observed:
          bad.length === 0
            ? `The ${titleOf(identity)} ${says.good}.`
            : `The ${titleOf(identity)} ${says.bad}: ${described(bad)}`,
        url: identity.url,
      };
    }),
  );
}
