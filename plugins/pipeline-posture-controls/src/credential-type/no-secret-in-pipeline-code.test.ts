import { known, Leak } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { noSecretInPipelineCode } from './no-secret-in-pipeline-code';

const leak = (where: Leak['in']): Leak => ({
  where: 'commands of action Deploy',
  pattern: 'GitHub token',
  in: where,
});

describe('no-secret-in-pipeline-code', () => {
  it.each<ControlRow>([
    ['pass', 'nothing was found', { leaks: known([]) }],
    [
      'pass',
      'a setting holds a secret, which is asked elsewhere',
      { leaks: known([leak('setting')]) },
    ],
    [
      'fail',
      'code holds a secret',
      { leaks: known([leak('code')]) },
      'commands of action Deploy',
    ],
    ['unknown', 'the code cannot be read', { leaks: notRead() }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noSecretInPipelineCode, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
