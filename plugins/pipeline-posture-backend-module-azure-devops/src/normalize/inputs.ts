import {
  Fact,
  Injection,
  mapFact,
  PipelineInput,
  PipelineInputs,
} from 'backstage-plugin-pipeline-posture-common';
import { CodeReading, ParameterReading } from '../reading/types';
import { foundIn, gapsOf } from './gaps';
import { reasonOfGap } from './names';
import { PipelineDraft } from './PipelineDraft';

function sinksOf(
  code: CodeReading,
  name: string,
  from: 'parameter' | 'macro',
): PipelineInput['sinks'] {
  const wanted = name.toLowerCase();
  const found = code.sinks.filter(
    each => each.from === from && each.name.toLowerCase() === wanted,
  );
  return [...new Set(found.map(each => each.kind))];
}

const fromParameter = (
  each: ParameterReading,
  code: CodeReading,
): PipelineInput => ({
  name: each.name,
  kind: 'parameter',
  constrained: each.constrained,
  because: each.because,
  sinks: sinksOf(code, each.name, 'parameter'),
  ...(each.location && { location: each.location }),
});

/** A part that could not be resolved may use any input for anything. */
function unfollowedIn(
  code: CodeReading,
): Pick<PipelineInputs, 'unfollowed'> | undefined {
  const [gap] = gapsOf(code);
  return gap && { unfollowed: reasonOfGap(gap) };
}

/** What can be given to a run. */
export function inputsFact(draft: PipelineDraft): Fact<PipelineInputs> {
  return mapFact(draft.code, code => ({
    anyVariableSettable: draft.anyVariableSettable,
    ...unfollowedIn(code),
    declared: [
      ...code.parameters.map(each => fromParameter(each, code)),
      ...draft.settableVariables.map(
        (name): PipelineInput => ({
          name,
          kind: 'variable',
          constrained: false,
          because:
            'it is a variable that may be set to anything when a run starts',
          sinks: sinksOf(code, name, 'macro'),
        }),
      ),
    ],
  }));
}

/** Text of somebody's choice that a shell runs. */
export function injectionsFact(draft: PipelineDraft): Fact<Injection[]> {
  return foundIn(draft.code, code => {
    const free = new Set(
      code.parameters
        .filter(each => !each.constrained)
        .map(each => each.name.toLowerCase()),
    );
    const chosen = code.sinks
      .filter(
        each =>
          each.kind === 'script' &&
          each.from === 'parameter' &&
          free.has(each.name.toLowerCase()),
      )
      .map(({ name, where, location }) => ({
        expression: `\${{ parameters.${name} }}`,
        where,
        ...(location && { location }),
      }));
    return [...code.injections, ...chosen];
  });
}
