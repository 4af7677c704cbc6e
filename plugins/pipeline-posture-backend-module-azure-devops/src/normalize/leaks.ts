import {
  Fact,
  known,
  Leak,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { groupsOf } from './assemble';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const scanner = new SecretScanner();

/** Values that look like secrets, in the definition, in its code and in the variable groups that it links. */
export function leaksFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Leak[]> {
  const { code } = draft;
  if (!code.known) {
    // What the definition shows is bad enough, whatever the code would add.
    return draft.leaks.length > 0 ? known(draft.leaks) : code;
  }
  const leaks = [...draft.leaks, ...code.value.leaks];
  for (const use of groupsOf(code.value)) {
    const group = resources.variableGroup(use.name);
    if (!group.known) {
      if (leaks.length === 0) return group;
      continue;
    }
    for (const [name, { value, isSecret }] of Object.entries(
      group.value.variables ?? {},
    )) {
      const match = isSecret ? undefined : scanner.matchSetting(name, value);
      if (match) {
        leaks.push({
          where: `variable ${name} of variable group ${group.value.name}`,
          pattern: match.pattern,
          in: 'setting',
        });
      }
    }
  }
  const [gap] = code.value.gaps;
  if (gap && leaks.length === 0) {
    return unknown({
      code: gap.code,
      message: `Part of the pipeline's code is not known: ${gap.because}.`,
      actor: 'service-owner',
      action: 'Review that part by hand.',
    });
  }
  return known(leaks, [
    ...code.evidence,
    {
      source: 'GET {project}/_apis/build/definitions',
      field: 'variables',
      url: draft.url,
    },
  ]);
}
