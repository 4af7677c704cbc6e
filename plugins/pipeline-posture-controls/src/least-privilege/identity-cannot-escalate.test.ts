import {
  Grant,
  known,
  PipelineSnapshot,
} from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { identityCannotEscalate } from './identity-cannot-escalate';

const grant = (part: Partial<Grant>): Grant => ({
  breadth: 'wide',
  title: 'a right',
  actions: ['s3:PutObject'],
  ...part,
});
const having = (...grants: Grant[]): Partial<PipelineSnapshot> => ({
  identities: known([anIdentity({ grants: known(grants) })]),
});

describe('identity-cannot-escalate', () => {
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
      'it can write its own policy',
      having(
        grant({
          risk: 'escalation',
          title: 'it can write an inline policy for itself',
        }),
      ),
      'it can write an inline policy for itself',
    ],
    [
      'fail',
      'it can pass every role',
      having(grant({ risk: 'pass-any-role' })),
    ],
    [
      'fail',
      'it can assume every role',
      having(grant({ risk: 'assume-any-role' })),
    ],
    [
      'pass',
      'it can pass every role to one service only',
      having(grant({ risk: 'pass-any-role', breadth: 'narrow' })),
    ],
    [
      'pass',
      'it is broad in another way',
      having(grant({ risk: 'whole-service' })),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(identityCannotEscalate, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});

it('offers the narrower statement to paste', () => {
  const narrowed =
    '{"Action":"iam:PassRole","Resource":"arn:aws:iam::1:role/task"}';
  const { says } = resultOf(
    identityCannotEscalate,
    having(grant({ risk: 'pass-any-role', narrowed })),
  );
  expect(says).toContain(`A narrower statement would be: ${narrowed}`);
});
