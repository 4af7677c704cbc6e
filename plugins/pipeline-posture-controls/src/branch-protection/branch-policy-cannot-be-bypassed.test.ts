import { known, Principal } from 'backstage-plugin-pipeline-posture-common';
import { aSource, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { branchPolicyCannotBeBypassed } from './branch-policy-cannot-be-bypassed';

const bypassedBy = (...principals: Principal[]) => ({
  sources: known([aSource({ bypassers: known(principals) })]),
});
const admins: Principal = {
  name: 'release-managers',
  kind: 'group',
  broad: false,
};
const contributors: Principal = {
  name: 'Contributors',
  kind: 'group',
  broad: true,
};
const builds: Principal = {
  name: 'Shop Build Service',
  kind: 'service',
  broad: false,
};

describe('branch-policy-cannot-be-bypassed', () => {
  it.each<ControlRow>([
    ['pass', 'nobody can bypass the rules', bypassedBy(), 'No broad group'],
    ['pass', 'only a small group can', bypassedBy(admins)],
    [
      'fail',
      'all contributors can',
      bypassedBy(admins, contributors),
      'Contributors can go around',
    ],
    [
      'fail',
      'the identity of builds can',
      bypassedBy(builds),
      'Shop Build Service',
    ],
    [
      'unknown',
      'the permissions cannot be read',
      { sources: known([aSource({ bypassers: notRead() })]) },
    ],
    [
      'unknown',
      'it is not known whether the source has a branch',
      { sources: known([aSource({ protection: notRead() })]) },
    ],
    [
      'not-applicable',
      'it takes its input from a bucket',
      {
        sources: known([
          aSource({
            protection: known('not-applicable'),
            bypassers: notRead(),
          }),
        ]),
      },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(branchPolicyCannotBeBypassed, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
