import { known } from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityTrustsOnlyItsPipeline } from './identity-trusts-only-its-pipeline';

describe('identity-trusts-only-its-pipeline', () => {
  const open = anIdentity({
    id: 'open',
    openTrust: known(['anybody with an AWS account may assume it']),
  });
  it.each<ControlRow>([
    [
      'pass',
      'nobody else can become it',
      { identities: known([anIdentity()]) },
    ],
    [
      'fail',
      'anybody can become it',
      { identities: known([anIdentity(), open]) },
      'anybody with an AWS account may assume it',
    ],
    [
      'fail',
      'one is open and the trust of another cannot be read',
      { identities: known([anIdentity({ openTrust: notRead() }), open]) },
    ],
    [
      'unknown',
      'the trust of one cannot be read',
      { identities: known([anIdentity({ openTrust: notRead() })]) },
    ],
    [
      'not-applicable',
      'its only identity reads source code',
      { identities: known([anIdentity({ purposes: ['source'] })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityTrustsOnlyItsPipeline, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
