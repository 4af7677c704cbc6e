import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { CodeReading, Gap } from '../reading/types';
import { reasonOfGap } from './names';

/** Every part of the code that could not be resolved, at whatever depth. */
export function gapsOf({
  gaps,
  stages,
}: Pick<CodeReading, 'gaps' | 'stages'>): Gap[] {
  return [
    ...gaps,
    ...stages.flatMap(stage => [
      ...stage.gaps,
      ...stage.jobs.flatMap(job => job.gaps),
    ]),
  ];
}

/**
 * What was found in the code. Finding nothing is no answer while a part of it is not known:
 * that part may hold what is looked for.
 */
export function foundIn<T>(
  code: Fact<CodeReading>,
  find: (code: CodeReading) => T[],
): Fact<T[]> {
  if (!code.known) return code;
  const found = find(code.value);
  const [gap] = gapsOf(code.value);
  return gap && found.length === 0
    ? unknown(reasonOfGap(gap))
    : known(found, code.evidence);
}
