import {
  Grant,
  known,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityCannotReadEverySecret } from './identity-cannot-read-every-secret';

const grant = (part: Partial<Grant>): Grant => ({
  breadth: 'wide',
  title: 'a right',
  actions: ['s3:PutObject'],
  ...part,
});
const having = (...grants: Grant[]): Partial<PipelineSnapshot> => ({
  identities: known([anIdentity({ grants: known(grants) })]),
});

describe('identity-cannot-read-every-secret', () => {
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
      'it can read every secret',
      having(
        grant({
          risk: 'read-every-secret',
          title: 'secretsmanager:GetSecretValue on every resource',
          origin: 'statement 1 of inline policy run',
        }),
      ),
      'statement 1 of inline policy run',
    ],
    [
      'pass',
      'a condition limits it',
      having(grant({ risk: 'read-every-secret', breadth: 'narrow' })),
    ],
    [
      'pass',
      'it is broad in another way',
      having(grant({ risk: 'whole-service' })),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityCannotReadEverySecret, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
