import {
  BranchProtection,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { aSource, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { mergeNeedsPassingChecks } from './merge-needs-passing-checks';

const protectedBy = (part: Partial<BranchProtection>) => ({
  sources: known([
    aSource({
      protection: known({
        minimumReviewers: 1,
        authorApprovalCounts: false,
        lastPusherApprovalCounts: false,
        approvalsResetOnPush: false,
        requiredChecks: [],
        pipelineFileHasRequiredReviewers: false,
        ...part,
      }),
    }),
  ]),
});

describe('merge-needs-passing-checks', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a build must pass',
      protectedBy({ requiredChecks: ['build'] }),
      'must pass build',
    ],
    ['fail', 'nothing must pass', protectedBy({}), 'without any check'],
    [
      'unknown',
      'the rules of the branch cannot be read',
      { sources: known([aSource({ protection: notRead() })]) },
    ],
    ['unknown', 'the sources cannot be read', { sources: notRead() }],
    [
      'not-applicable',
      'it takes its input from a bucket',
      { sources: known([aSource({ protection: known('not-applicable') })]) },
    ],
    [
      'not-applicable',
      'its only repository holds templates',
      {
        sources: known([aSource({ role: 'template', protection: notRead() })]),
      },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(mergeNeedsPassingChecks, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
