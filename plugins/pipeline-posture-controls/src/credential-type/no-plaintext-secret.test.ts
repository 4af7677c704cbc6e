import {
  known,
  Leak,
  unsearchedPlace,
} from 'backstage-plugin-pipeline-posture-common';
import { aReason, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { noPlaintextSecret } from './no-plaintext-secret';

const leak: Leak = {
  where: 'variable DB_PASSWORD of stage Production',
  pattern: 'name suggests a secret',
  in: 'setting',
};

describe('no-plaintext-secret', () => {
  it.each<ControlRow>([
    [
      'pass',
      'no value looks like a secret',
      { leaks: known([]) },
      'No variable or setting',
    ],
    [
      'pass',
      'the only one stands in code, which another control looks at',
      { leaks: known([{ ...leak, in: 'code' }]) },
    ],
    [
      'fail',
      'a variable looks like a secret',
      { leaks: known([leak]) },
      'The value at variable DB_PASSWORD of stage Production can be read by everybody',
    ],
    ['unknown', 'the settings cannot be read', { leaks: notRead() }],
    [
      'unknown',
      'one place could not be searched and the others hold none',
      { leaks: known(unsearchedPlace('build project shop', aReason)) },
      'The reader may not see this.',
    ],
    [
      'fail',
      'one place could not be searched and another holds one',
      {
        leaks: known([...unsearchedPlace('build project shop', aReason), leak]),
      },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noPlaintextSecret, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
