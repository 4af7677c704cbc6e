import {
  Fact,
  known,
  PipelineInput,
} from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { inputsAreConstrained } from './inputs-are-constrained';

const listed: PipelineInput = {
  name: 'target',
  kind: 'parameter',
  constrained: true,
  because: 'it has a list of values',
  sinks: ['environment'],
};
const free: PipelineInput = {
  name: 'version',
  kind: 'variable',
  constrained: false,
  because: 'it can be set at queue time',
  sinks: ['script'],
};
const taking = (
  declared: PipelineInput[],
  anyVariableSettable: Fact<boolean> = known(false),
) => ({ inputs: known({ anyVariableSettable, declared }) });

describe('inputs-are-constrained', () => {
  it.each<ControlRow>([
    ['pass', 'all inputs are constrained', taking([listed])],
    [
      'fail',
      'an input takes any value and reaches a script',
      taking([listed, free]),
      'The variable version takes any value: it can be set at queue time. It reaches a script.',
    ],
    [
      'fail',
      'an input takes any value and is not seen to reach anything',
      taking([{ ...free, sinks: [] }]),
      'takes any value: it can be set at queue time.',
    ],
    [
      'fail',
      'any variable can be set',
      taking([listed], known(true)),
      'Whoever starts a run can set any variable of the pipeline.',
    ],
    [
      'fail',
      'any variable can be set and none is declared',
      taking([], known(true)),
    ],
    [
      'fail',
      'an input takes any value and the rest cannot be read',
      taking([free], notRead()),
    ],
    [
      'unknown',
      'nothing says whether other variables can be set',
      taking([listed], notRead()),
    ],
    [
      'unknown',
      'no input is declared and nothing says whether variables can be set',
      taking([], notRead()),
    ],
    ['unknown', 'the inputs cannot be read', { inputs: notRead() }],
    [
      'not-applicable',
      'nothing can be given to a run',
      taking([]),
      'Nothing can be given to a run of this pipeline.',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(inputsAreConstrained, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
