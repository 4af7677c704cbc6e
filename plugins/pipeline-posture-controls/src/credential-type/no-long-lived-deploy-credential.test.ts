import {
  Credential,
  Identity,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { noLongLivedDeployCredential } from './no-long-lived-deploy-credential';

const secret: Credential = {
  kind: 'secret',
  longLived: true,
  alternative: 'Workload identity federation',
};
const sshKey: Credential = { kind: 'ssh-key', longLived: true };

const having = (
  credential: Credential,
  purposes: Identity['purposes'] = ['deploy'],
) => ({
  identities: known([anIdentity({ purposes, credential: known(credential) })]),
});

describe('no-long-lived-deploy-credential', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the deploy identity is federated',
      { identities: known([anIdentity()]) },
      'The service connection shop-production uses federation.',
    ],
    [
      'fail',
      'the deploy identity has a stored secret',
      having(secret),
      'uses a stored secret, which works for whoever copies it. Workload identity federation is offered instead.',
    ],
    [
      'fail',
      'the source offers nothing better for an identity that deploys',
      having(sshKey),
      'uses an SSH key, which works for whoever copies it.',
    ],
    [
      'fail',
      'an access key can start the pipeline',
      having({ kind: 'access-key', longLived: true }, ['orchestrate']),
    ],
    ['fail', 'the purpose is not established', having(sshKey, [])],
    [
      'fail',
      'a build uses a secret where something better is offered',
      having(secret, ['build']),
    ],
    [
      'fail',
      'one is long-lived and the credential of another cannot be read',
      {
        identities: known([
          anIdentity({ credential: notRead() }),
          anIdentity({ id: 'identity-2', credential: known(secret) }),
        ]),
      },
    ],
    [
      'unknown',
      'the credential cannot be read',
      { identities: known([anIdentity({ credential: notRead() })]) },
    ],
    ['unknown', 'the identities cannot be read', { identities: notRead() }],
    [
      'not-applicable',
      'the pipeline has no identity',
      { identities: known([]) },
    ],
    [
      'not-applicable',
      'its only identity reads source code, whatever its credential',
      having(secret, ['source']),
    ],
    [
      'not-applicable',
      'only a build uses a token for which nothing better is offered',
      having({ kind: 'token', longLived: true }, ['build']),
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noLongLivedDeployCredential, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
