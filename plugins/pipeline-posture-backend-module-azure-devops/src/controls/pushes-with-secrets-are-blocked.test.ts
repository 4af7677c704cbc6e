import { known, Fact } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { pushesWithSecretsAreBlocked } from './pushes-with-secrets-are-blocked';

const pushes = (blocked: Fact<boolean>) => ({
  provider: { pushProtection: known([{ repository: 'Shop/shop', blocked }]) },
});

describe('pushes-with-secrets-are-blocked', () => {
  it.each<ControlRow>([
    ['pass', 'a policy blocks them', pushes(known(true))],
    ['fail', 'nothing blocks them', pushes(known(false)), 'Nothing turns away'],
    ['unknown', 'the policies cannot be read', pushes(notRead())],
    [
      'unknown',
      'the repositories are not known',
      { provider: { pushProtection: notRead() } },
    ],
    [
      'not-applicable',
      'the application is elsewhere',
      { provider: { pushProtection: known([]) } },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(pushesWithSecretsAreBlocked, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
