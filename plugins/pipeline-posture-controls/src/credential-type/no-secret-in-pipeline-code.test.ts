import {
  known,
  Leak,
  unsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import { aReason, notRead } from 'backstage-plugin-pipeline-posture-node';
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
    [
      'unknown',
      'a secret was found in a setting, and the code could not be searched',
      {
        leaks: known([
          leak('setting'),
          ...unsearchedPlace('main.yml', aReason),
        ]),
      },
      'The reader may not see this.',
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noSecretInPipelineCode, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
