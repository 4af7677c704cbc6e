import { known, Leak } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
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
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noPlaintextSecret, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
