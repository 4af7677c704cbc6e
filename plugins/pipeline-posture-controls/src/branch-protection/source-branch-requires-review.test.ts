import {
  BranchProtection,
  known,
  PipelineSource,
} from 'backstage-plugin-pipeline-posture-common';
import { aSource, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { sourceBranchRequiresReview } from './source-branch-requires-review';

const unprotected: BranchProtection = {
  minimumReviewers: 0,
  authorApprovalCounts: false,
  lastPusherApprovalCounts: false,
  approvalsResetOnPush: false,
  requiredChecks: [],
  pipelineFileHasRequiredReviewers: false,
};
const from = (...sources: Partial<PipelineSource>[]) => ({
  sources: known(sources.map(part => aSource(part))),
});
const bucket: Partial<PipelineSource> = {
  kind: 'object-store',
  branch: undefined,
  protection: known('not-applicable'),
};

describe('source-branch-requires-review', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the branch needs two approvals',
      from({}),
      'A change to branch main of Shop/shop needs 2 approvals.',
    ],
    [
      'pass',
      'the branch needs one approval',
      from({ protection: known({ ...unprotected, minimumReviewers: 1 }) }),
      'needs 1 approval.',
    ],
    [
      'fail',
      'the branch needs none',
      from({ protection: known(unprotected) }),
      'A change gets into branch main of Shop/shop without any review.',
    ],
    [
      'fail',
      'one of two repositories needs none and the rules of the other cannot be read',
      from({ protection: notRead() }, { protection: known(unprotected) }),
    ],
    [
      'pass',
      'only a repository of templates needs none',
      from({}, { role: 'template', protection: known(unprotected) }),
    ],
    ['pass', 'it takes a bucket beside a protected branch', from(bucket, {})],
    [
      'unknown',
      'the rules of the branch cannot be read',
      from({ protection: notRead() }),
    ],
    ['unknown', 'the sources cannot be read', { sources: notRead() }],
    [
      'not-applicable',
      'it takes its input from a bucket only',
      from(bucket),
      'from no branch of a repository',
    ],
    ['not-applicable', 'it has no source', from()],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(sourceBranchRequiresReview, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
