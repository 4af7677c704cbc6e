import {
  Credential,
  Identity,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { anIdentity, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { noLongLivedSourceCredential } from './no-long-lived-source-credential';

const token: Credential = {
  kind: 'token',
  longLived: true,
  alternative: 'A connection',
};
const app: Credential = { kind: 'app-installation', longLived: false };
const source = (credential: Identity['credential'], id = 'source') =>
  anIdentity({
    id,
    type: 'source connection',
    purposes: ['source'],
    credential,
  });

describe('no-long-lived-source-credential', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the connection is an app',
      { identities: known([source(known(app))]) },
    ],
    [
      'fail',
      'the connection holds a token',
      { identities: known([source(known(token))]) },
      'A connection is offered instead.',
    ],
    [
      'fail',
      'one holds a token and another cannot be read',
      { identities: known([source(notRead()), source(known(token), 'b')]) },
    ],
    [
      'unknown',
      'one cannot be read',
      { identities: known([source(known(app)), source(notRead(), 'b')]) },
    ],
    ['unknown', 'the identities cannot be read', { identities: notRead() }],
    [
      'not-applicable',
      'no identity reads source code',
      { identities: known([anIdentity({ credential: known(token) })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(noLongLivedSourceCredential, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
