import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { pipelineIsCode } from './pipeline-is-code';

describe('pipeline-is-code', () => {
  it.each<ControlRow>([
    ['pass', 'it is YAML', { stages: known([]) }],
    [
      'fail',
      'it is a classic build',
      { kind: 'azure-classic-build' },
      'classic',
    ],
    ['fail', 'it is a classic release', { kind: 'azure-classic-release' }],
    ['unknown', 'it cannot be read', { stages: notRead() }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(pipelineIsCode, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
