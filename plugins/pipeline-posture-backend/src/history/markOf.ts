import {
  COMPLIANCES,
  GRADES,
  PostureMark,
} from 'backstage-plugin-pipeline-posture-common';

/** The numbers before or after a change, as the ledger keeps them; undefined where there were none. */
export const markOf = (
  score: number | null,
  grade: number | null,
  compliance: number | null,
): PostureMark | undefined =>
  score === null || grade === null || compliance === null
    ? undefined
    : { score, grade: GRADES[grade], compliance: COMPLIANCES[compliance] };
