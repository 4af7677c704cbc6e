import {
  BranchProtection,
  known,
} from 'backstage-plugin-pipeline-posture-common';
import { aSource, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { pipelineFileHasRequiredReviewers } from './pipeline-file-has-required-reviewers';

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

describe('pipeline-file-has-required-reviewers', () => {
  it.each<ControlRow>([
    [
      'pass',
      'named reviewers look at the file',
      protectedBy({ pipelineFileHasRequiredReviewers: true }),
      'named reviewers must approve',
    ],
    [
      'fail',
      'nobody in particular does',
      protectedBy({}),
      'needs nobody in particular',
    ],
    [
      'not-applicable',
      'it is a classic release',
      { ...protectedBy({}), kind: 'azure-classic-release' },
      'not kept in a file',
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
    expect(resultOf(pipelineFileHasRequiredReviewers, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
