import { known, SecurityTest } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { securityTestCanStopTheRelease } from './security-test-can-stop-the-release';

const aTest = (part: Partial<SecurityTest> = {}): SecurityTest => ({
  name: 'Scan dependencies',
  tool: 'Trivy',
  stageId: 'build',
  editableByBuilders: known(false),
  blocking: known(true),
  beforeProduction: known(true),
  ...part,
});

describe('security-test-can-stop-the-release', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a failing scan stops the run',
      { securityTests: known([aTest()]) },
      'can stop the release',
    ],
    [
      'fail',
      'its failure is ignored',
      {
        securityTests: known([
          aTest({
            blocking: known(false, {
              source: 'x',
              observed: 'its failures are ignored',
            }),
          }),
        ]),
      },
      'cannot stop the release: its failures are ignored.',
    ],
    [
      'unknown',
      'another system decides',
      { securityTests: known([aTest({ blocking: notRead() })]) },
    ],
    ['unknown', 'the steps cannot be read', { securityTests: notRead() }],
    ['not-applicable', 'there is no scan', { securityTests: known([]) }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(securityTestCanStopTheRelease, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
