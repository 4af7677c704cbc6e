import {
  BranchProtection,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { aSource, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { authorCannotApproveOwnChange } from './author-cannot-approve-own-change';

const reviewed: BranchProtection = {
  minimumReviewers: 1,
  authorApprovalCounts: false,
  lastPusherApprovalCounts: false,
  approvalsResetOnPush: false,
  requiredChecks: [],
  pipelineFileHasRequiredReviewers: false,
};
const protectedBy = (part: Partial<BranchProtection>) => ({
  sources: known([aSource({ protection: known({ ...reviewed, ...part }) })]),
});

describe('author-cannot-approve-own-change', () => {
  it.each<ControlRow>([
    [
      'pass',
      'only the approval of somebody else counts',
      protectedBy({}),
      'do not count on branch main of Shop/shop',
    ],
    [
      'fail',
      'the approval of the author counts',
      protectedBy({ authorApprovalCounts: true }),
      'On branch main of Shop/shop the approval of the author of a change counts.',
    ],
    [
      'fail',
      'the approval of the last pusher counts',
      protectedBy({ lastPusherApprovalCounts: true }),
      'the approval of whoever pushed last counts',
    ],
    [
      'fail',
      'no approval is required at all',
      protectedBy({ minimumReviewers: 0 }),
      'Nobody has to approve a change',
    ],
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
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(authorCannotApproveOwnChange, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
