import {
  Fact,
  known,
  Leak,
  unsearchedPlace,
  UnsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import { VariableGroup } from '../client/wire';
import { CodeReading } from '../reading/types';
import { groupsOf } from './assemble';
import { gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const scanner = new SecretScanner();

type Place = Leak | UnsearchedPlace;

function leaksOfGroup({ name, variables = {} }: VariableGroup): Leak[] {
  return Object.entries(variables).flatMap(
    ([variable, { value, isSecret }]) => {
      const match = isSecret
        ? undefined
        : scanner.matchSetting(variable, value);
      return match
        ? [
            {
              where: `variable ${variable} of variable group ${name}`,
              pattern: match.pattern,
              in: 'setting',
            },
          ]
        : [];
    },
  );
}

/** Secrets in the variable groups that the code links; they hold settings only. */
function placesInGroups(code: CodeReading, resources: Resources): Place[] {
  return groupsOf(code).flatMap((use): Place[] => {
    const group = resources.variableGroup(use.name);
    return group.known
      ? leaksOfGroup(group.value)
      : [
          {
            where: `variable group ${use.name}`,
            in: 'setting',
            unsearched: group.reason,
          },
        ];
  });
}

/** Values that look like secrets, in the definition, in its code and in the variable groups that it links. */
export function leaksFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Place[]> {
  const { code, url, leaks } = draft;
  const definition = {
    source: 'GET {project}/_apis/build/definitions',
    field: 'variables',
    url,
  };
  if (!code.known) {
    return known(
      [...leaks, ...unsearchedPlace('the code of the pipeline', code.reason)],
      definition,
    );
  }
  const [gap] = gapsOf(code.value);
  const unresolved = gap
    ? unsearchedPlace('a part of the code of the pipeline', reasonOfGap(gap))
    : [];
  return known(
    [
      ...leaks,
      ...code.value.leaks,
      ...placesInGroups(code.value, resources),
      ...unresolved,
    ],
    [...code.evidence, definition],
  );
}
