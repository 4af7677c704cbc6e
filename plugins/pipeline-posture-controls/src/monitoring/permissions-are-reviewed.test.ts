import { AuditTrail, known } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { permissionsAreReviewed } from './permissions-are-reviewed';

const trail: AuditTrail = {
  changesRecorded: known(true),
  buildStateEmitted: known(true),
  permissionsReviewed: known(true),
  lastRunAt: known(null),
};

describe('permissions-are-reviewed', () => {
  it.each<ControlRow>([
    ['pass', 'it is so', { audit: known(trail) }],
    [
      'fail',
      'it is known not to be so',
      {
        audit: known({
          ...trail,
          permissionsReviewed: known(false, {
            source: 'a call',
            observed: 'nothing of it',
          }),
        }),
      },
      '(nothing of it)',
    ],
    [
      'unknown',
      'it cannot be read',
      { audit: known({ ...trail, permissionsReviewed: notRead() }) },
      'may not see this',
    ],
    ['unknown', 'nothing of the audit can be read', { audit: notRead() }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(permissionsAreReviewed, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
