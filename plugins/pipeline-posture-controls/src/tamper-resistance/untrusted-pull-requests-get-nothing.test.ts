import {
  known,
  Trigger,
  UntrustedRuns,
} from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { untrustedPullRequestsGetNothing } from './untrusted-pull-requests-get-nothing';

const outside = (part: Partial<UntrustedRuns> = {}): UntrustedRuns => ({
  possible: true,
  getsSecrets: false,
  getsFullToken: false,
  needsComment: true,
  description: 'Pull requests from forks are built.',
  ...part,
});
const startedBy = (untrusted: Trigger['untrusted']) => ({
  triggers: known<Trigger[]>([
    { kind: 'pull-request', branches: [], excludedBranches: [], untrusted },
  ]),
});

describe('untrusted-pull-requests-get-nothing', () => {
  it.each<ControlRow>([
    [
      'pass',
      'forks get nothing and wait for a comment',
      startedBy(known(outside())),
    ],
    [
      'fail',
      'forks get secrets',
      startedBy(known(outside({ getsSecrets: true }))),
      'Pull requests from forks are built.',
    ],
    [
      'fail',
      'forks get the full token',
      startedBy(known(outside({ getsFullToken: true }))),
    ],
    [
      'fail',
      'nobody looks first',
      startedBy(known(outside({ needsComment: false }))),
    ],
    ['unknown', 'what forks get cannot be read', startedBy(notRead())],
    ['unknown', 'what starts it cannot be read', { triggers: notRead() }],
    [
      'pass',
      'pull requests of people outside are kept out',
      startedBy(known(outside({ possible: false, needsComment: false }))),
    ],
    [
      'not-applicable',
      'only those who may push start it',
      {
        triggers: known<Trigger[]>([
          {
            kind: 'push',
            branches: ['main'],
            excludedBranches: [],
            untrusted: known(outside({ possible: false })),
          },
        ]),
      },
    ],
    ['not-applicable', 'nothing starts it', { triggers: known([]) }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(untrustedPullRequestsGetNothing, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
