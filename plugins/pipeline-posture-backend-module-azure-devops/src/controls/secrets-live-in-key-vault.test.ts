import { known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { secretsLiveInKeyVault } from './secrets-live-in-key-vault';

describe('secrets-live-in-key-vault', () => {
  it.each<ControlRow>([
    [
      'pass',
      'it reads them from a vault',
      {
        provider: { secretGroups: known([{ name: 'shop', inKeyVault: true }]) },
      },
    ],
    [
      'fail',
      'it keeps them itself',
      {
        provider: {
          secretGroups: known([{ name: 'shop', inKeyVault: false }]),
        },
      },
      'keeps its secrets in the Library',
    ],
    [
      'unknown',
      'the groups cannot be read',
      { provider: { secretGroups: notRead() } },
    ],
    [
      'not-applicable',
      'it links none',
      { provider: { secretGroups: known([]) } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(secretsLiveInKeyVault, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
