import { Grant, known } from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityIsNotAdmin } from './identity-is-not-admin';

const admin: Grant = {
  breadth: 'administrator',
  title: 'Owner on subscription Shop',
  actions: ['*'],
};
const wide: Grant = { breadth: 'wide', title: 's3:* on *', actions: ['s3:*'] };

describe('identity-is-not-admin', () => {
  it.each<ControlRow>([
    [
      'pass',
      'its identity has no right that matters',
      { identities: known([anIdentity()]) },
      'has no administrator right',
    ],
    [
      'pass',
      'a right is wide but not everything',
      { identities: known([anIdentity({ grants: known([wide]) })]) },
    ],
    [
      'fail',
      'an identity is an administrator',
      { identities: known([anIdentity({ grants: known([wide, admin]) })]) },
      'The service connection shop-production is an administrator: Owner on subscription Shop.',
    ],
    [
      'fail',
      'the identity of the build is an administrator',
      {
        identities: known([
          anIdentity({ purposes: ['build'], grants: known([admin]) }),
        ]),
      },
    ],
    [
      'fail',
      'one is an administrator and the rights of another cannot be read',
      {
        identities: known([
          anIdentity({ grants: notRead() }),
          anIdentity({ id: 'identity-2', grants: known([admin]) }),
        ]),
      },
    ],
    [
      'unknown',
      'the rights of one of two identities cannot be read',
      {
        identities: known([
          anIdentity(),
          anIdentity({ id: 'identity-2', grants: notRead() }),
        ]),
      },
      'may not see this',
    ],
    [
      'unknown',
      'the rights of an identity without known purpose cannot be read',
      { identities: known([anIdentity({ purposes: [], grants: notRead() })]) },
    ],
    ['unknown', 'the identities cannot be read', { identities: notRead() }],
    [
      'not-applicable',
      'the pipeline has no identity',
      { identities: known([]) },
      'acts as no identity',
    ],
    [
      'not-applicable',
      'its only identity reads source code',
      {
        identities: known([
          anIdentity({ purposes: ['source'], grants: notRead() }),
        ]),
      },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityIsNotAdmin, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
