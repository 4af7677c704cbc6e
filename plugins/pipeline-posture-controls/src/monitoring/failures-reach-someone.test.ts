import { Alert, known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { failuresReachSomeone } from './failures-reach-someone';

const alert = (part: Partial<Alert>): Alert => ({
  name: 'rule failures',
  on: ['failure'],
  effective: known(true),
  ...part,
});

describe('failures-reach-someone', () => {
  it.each<ControlRow>([
    [
      'pass',
      'somebody is told of failures',
      { alerts: known([alert({})]) },
      'rule failures',
    ],
    [
      'pass',
      'somebody is told of every state',
      { alerts: known([alert({ on: ['any-state'] })]) },
    ],
    [
      'fail',
      'nobody is told of anything',
      { alerts: known([]) },
      'Nothing tells anybody',
    ],
    [
      'fail',
      'the alert reaches nobody',
      { alerts: known([alert({ effective: known(false) })]) },
      'reaches nobody: rule failures',
    ],
    [
      'fail',
      'somebody is told of approvals only',
      { alerts: known([alert({ on: ['approval-needed'] })]) },
    ],
    ['unknown', 'the alerts cannot be read', { alerts: notRead() }],
    [
      'unknown',
      'nobody can tell whether the alert reaches anybody',
      { alerts: known([alert({ effective: notRead() })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(failuresReachSomeone, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
