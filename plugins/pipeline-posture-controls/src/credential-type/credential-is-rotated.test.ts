import { known } from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { credentialIsRotated } from './credential-is-rotated';

const key = (changedAt?: string) =>
  anIdentity({
    id: changedAt,
    credential: known({ kind: 'access-key', longLived: true, changedAt }),
  });

describe('credential-is-rotated', () => {
  it.each<ControlRow>([
    [
      'pass',
      'it was changed last month',
      { identities: known([key('2026-10-25T00:00:00.000Z')]) },
      '27 days ago',
    ],
    [
      'fail',
      'it was changed two years ago',
      { identities: known([key('2024-11-01T00:00:00.000Z')]) },
    ],
    [
      'fail',
      'one is old and the age of another is not told',
      { identities: known([key(), key('2024-11-01T00:00:00.000Z')]) },
    ],
    [
      'unknown',
      'the source does not tell its age',
      { identities: known([key()]) },
    ],
    [
      'unknown',
      'what kind of credential it is cannot be read',
      { identities: known([anIdentity({ credential: notRead() })]) },
    ],
    [
      'not-applicable',
      'no identity has such a credential',
      { identities: known([anIdentity()]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(credentialIsRotated, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
