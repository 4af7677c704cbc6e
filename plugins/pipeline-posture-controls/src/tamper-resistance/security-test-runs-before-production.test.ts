import { known, SecurityTest } from 'backstage-plugin-pipeline-posture-common';
import { aStage, notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { securityTestRunsBeforeProduction } from './security-test-runs-before-production';

const aTest = (part: Partial<SecurityTest> = {}): SecurityTest => ({
  name: 'Scan dependencies',
  tool: 'Trivy',
  stageId: 'build',
  editableByBuilders: known(false),
  blocking: known(true),
  beforeProduction: known(true),
  ...part,
});
const stages = known([aStage()]);

describe('security-test-runs-before-production', () => {
  it.each<ControlRow>([
    [
      'pass',
      'a scan runs first',
      { stages, securityTests: known([aTest()]) },
      'Trivy (Scan dependencies) runs before production.',
    ],
    [
      'fail',
      'there is no scan',
      { stages },
      'No step of this pipeline looks for security problems.',
    ],
    [
      'fail',
      'the scan runs too late',
      {
        stages,
        securityTests: known([aTest({ beforeProduction: known(false) })]),
      },
      'too late',
    ],
    [
      'unknown',
      'it is not known when the scan runs',
      {
        stages,
        securityTests: known([aTest({ beforeProduction: notRead() })]),
      },
    ],
    [
      'unknown',
      'the steps cannot be read',
      { stages, securityTests: notRead() },
    ],
    [
      'unknown',
      'nothing says whether it reaches production',
      {
        stages: known([aStage({ tier: notRead() })]),
        securityTests: known([aTest()]),
      },
    ],
    [
      'not-applicable',
      'it does not reach production',
      { stages: known([aStage({ tier: known('non-production') })]) },
    ],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(securityTestRunsBeforeProduction, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
