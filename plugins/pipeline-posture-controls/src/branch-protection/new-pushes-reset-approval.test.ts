import {
  BranchProtection,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { aSource, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { newPushesResetApproval } from './new-pushes-reset-approval';

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

describe('new-pushes-reset-approval', () => {
  it.each<ControlRow>([
    [
      'pass',
      'new commits take approvals back',
      protectedBy({ approvalsResetOnPush: true }),
      'New commits take back',
    ],
    [
      'fail',
      'approvals stay',
      protectedBy({}),
      'Approvals of a change to branch main of Shop/shop stay',
    ],
    [
      'fail',
      'no approval is required',
      protectedBy({ minimumReviewers: 0, approvalsResetOnPush: true }),
      'Nobody has to approve',
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
    [
      'not-applicable',
      'its only repository holds templates',
      {
        sources: known([aSource({ role: 'template', protection: notRead() })]),
      },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(newPushesResetApproval, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
