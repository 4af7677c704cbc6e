import { Gate, known } from 'backstage-plugin-pipeline-posture-common';
import {
  anApproval,
  aReason,
  aStage,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { approversAreFew } from './approvers-are-few';

const withGates = (...gates: Gate[]) => ({
  stages: known([aStage({ gates: known(gates) })]),
});
const byEverybody = anApproval({
  approvers: [{ name: 'Contributors', kind: 'group', broad: true }],
});

describe('approvers-are-few', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a small group approves',
      withGates(anApproval()),
      'given by release-managers',
    ],
    [
      'pass',
      'one of two approvals is given by a small group',
      withGates(byEverybody, anApproval()),
    ],
    [
      'fail',
      'everybody can approve',
      withGates(byEverybody),
      'Practically every builder can approve for stage Production: Contributors.',
    ],
    [
      'fail',
      'the approval of the small group is disabled',
      withGates(byEverybody, anApproval({ effective: false })),
    ],
    ['fail', 'there is no approval', withGates(), 'Nobody has to approve'],
    [
      'unknown',
      'who can approve cannot be read',
      withGates(anApproval({ approvers: [], approversUnread: aReason })),
      'may not see this',
    ],
    [
      'unknown',
      'the gates cannot be read',
      { stages: known([aStage({ gates: notRead() })]) },
    ],
    [
      'unknown',
      'nothing says whether the stage is production',
      { stages: known([aStage({ tier: notRead() })]) },
    ],
    [
      'not-applicable',
      'nothing deploys to production',
      { stages: known([aStage({ tier: known('non-production') })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(approversAreFew, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
