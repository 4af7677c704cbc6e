import { Gate, known } from 'backstage-plugin-pipeline-posture-common';
import {
  anApproval,
  aStage,
  notRead,
} from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { requesterCannotApprove } from './requester-cannot-approve';

const gatedBy = (...gates: Partial<Gate>[]) => ({
  stages: known([
    aStage({ gates: known(gates.map(part => anApproval(part))) }),
  ]),
});
const byRequester: Partial<Gate> = { requesterCanApprove: known(true) };

describe('requester-cannot-approve', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the approval must come from somebody else',
      gatedBy({}),
      'which the one who started the run cannot give',
    ],
    [
      'pass',
      'one of two approvals must come from somebody else',
      gatedBy(byRequester, {}),
    ],
    [
      'pass',
      'one must come from somebody else and the other cannot be read',
      gatedBy({ requesterCanApprove: notRead() }, {}),
    ],
    [
      'fail',
      'the requester can give the only approval',
      gatedBy(byRequester),
      'Whoever starts the run can give the approval themselves: "Approval" on environment production.',
    ],
    [
      'fail',
      'there is no approval',
      gatedBy(),
      'Nobody has to approve before stage Production deploys',
    ],
    [
      'fail',
      'the approval of others has no effect',
      gatedBy({ effective: false }, byRequester),
    ],
    [
      'unknown',
      'nothing says whether the requester can give the approval',
      gatedBy({ requesterCanApprove: notRead() }),
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
    ['unknown', 'the stages cannot be read', { stages: notRead() }],
    [
      'not-applicable',
      'the only stage that deploys is known not to be production',
      { stages: known([aStage({ tier: known('non-production') })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(requesterCannotApprove, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
