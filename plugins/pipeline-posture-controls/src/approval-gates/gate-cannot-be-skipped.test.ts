import { Gate, known } from 'backstage-plugin-pipeline-posture-common';
import {
  anApproval,
  aStage,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { gateCannotBeSkipped } from './gate-cannot-be-skipped';

const withGates = (...gates: Gate[]) => ({
  stages: known([aStage({ gates: known(gates) })]),
});

describe('gate-cannot-be-skipped', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the approval cannot be skipped',
      withGates(anApproval()),
      'can be neither lifted nor gone around',
    ],
    [
      'fail',
      'it can be skipped',
      withGates(anApproval({ canBeSkipped: known(true) })),
      'can be skipped or gone around',
    ],
    ['fail', 'there is no approval', withGates(), 'There is no approval'],
    [
      'unknown',
      'it is not known whether it can be skipped',
      withGates(anApproval({ canBeSkipped: notRead() })),
    ],
    [
      'pass',
      'another approval certainly cannot be skipped',
      withGates(anApproval({ canBeSkipped: notRead() }), anApproval()),
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
    expect(resultOf(gateCannotBeSkipped, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
