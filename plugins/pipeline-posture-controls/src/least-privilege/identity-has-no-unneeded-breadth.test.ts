import {
  Grant,
  known,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityHasNoUnneededBreadth } from './identity-has-no-unneeded-breadth';

const grant = (part: Partial<Grant>): Grant => ({
  breadth: 'wide',
  title: 'a right',
  actions: ['s3:PutObject'],
  ...part,
});
const having = (...grants: Grant[]): Partial<PipelineSnapshot> => ({
  identities: known([anIdentity({ grants: known(grants) })]),
});
const ten = Array.from({ length: 10 }, (_, i) => `s3:Put${i}`);

describe('identity-has-no-unneeded-breadth', () => {
  it.each<ControlRow>([
    ['pass', 'the identity has no right that matters', having()],
    [
      'fail',
      'the identity is an administrator',
      having(grant({ breadth: 'administrator', title: 'Owner' })),
      'Owner',
    ],
    [
      'fail',
      'one is bad and the rights of another cannot be read',
      {
        identities: known([
          anIdentity({ grants: notRead() }),
          anIdentity({
            id: 'b',
            grants: known([grant({ breadth: 'administrator' })]),
          }),
        ]),
      },
    ],
    [
      'unknown',
      'the rights of one of two identities cannot be read',
      {
        identities: known([
          anIdentity(),
          anIdentity({ id: 'b', grants: notRead() }),
        ]),
      },
      'may not see this',
    ],
    ['unknown', 'the identities cannot be read', { identities: notRead() }],
    [
      'not-applicable',
      'the pipeline has no identity',
      { identities: known([]) },
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
    [
      'fail',
      'it has a whole service',
      having(
        grant({ risk: 'whole-service', title: 'every action of dynamodb' }),
      ),
      'every action of dynamodb',
    ],
    [
      'fail',
      'it has all but what is named',
      having(grant({ risk: 'not-action' })),
    ],
    [
      'fail',
      'it has a broad role',
      having(grant({ title: 'Contributor on subscription Shop' })),
    ],
    [
      'fail',
      'it may write with many actions on every resource',
      having(grant({ risk: 'unconstrained-write', actions: ten })),
    ],
    [
      'pass',
      'it may write with one action on every resource',
      having(grant({ risk: 'unconstrained-write' })),
    ],
    [
      'pass',
      'a condition limits it',
      having(grant({ risk: 'whole-service', breadth: 'narrow' })),
    ],
    [
      'pass',
      'it is the matter of another control',
      having(grant({ risk: 'read-every-secret' })),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityHasNoUnneededBreadth, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
