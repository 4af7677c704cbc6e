import { known, PipelineInput } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityIsNotChosenByInput } from './identity-is-not-chosen-by-input';

const startedWith = (part: Partial<PipelineInput>) => ({
  inputs: known({
    anyVariableSettable: notRead<boolean>(),
    declared: [
      {
        name: 'target',
        kind: 'parameter' as const,
        constrained: false,
        because: 'it is a text',
        sinks: [],
        ...part,
      },
    ],
  }),
});

describe('identity-is-not-chosen-by-input', () => {
  it.each<ControlRow>([
    [
      'pass',
      'nothing that is given decides the identity',
      startedWith({ sinks: ['script'] }),
      'No value',
    ],
    [
      'pass',
      'a list limits what decides it',
      startedWith({ sinks: ['identity'], constrained: true }),
      'within limits',
    ],
    [
      'fail',
      'a free parameter names the connection',
      startedWith({ sinks: ['identity'] }),
      'takes any value',
    ],
    [
      'fail',
      'a free parameter names the environment',
      startedWith({ sinks: ['environment'] }),
    ],
    ['unknown', 'the inputs cannot be read', { inputs: notRead() }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityIsNotChosenByInput, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
