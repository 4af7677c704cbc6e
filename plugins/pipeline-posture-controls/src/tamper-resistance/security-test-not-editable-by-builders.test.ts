import { known, SecurityTest } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { ControlRow, resultOf } from '../__testUtils__/resultOf';
import { securityTestNotEditableByBuilders } from './security-test-not-editable-by-builders';

const aTest = (part: Partial<SecurityTest> = {}): SecurityTest => ({
  name: 'Scan dependencies',
  tool: 'Trivy',
  stageId: 'build',
  editableByBuilders: known(false),
  blocking: known(true),
  beforeProduction: known(true),
  ...part,
});

describe('security-test-not-editable-by-builders', () => {
  it.each<ControlRow>([
    [
      'pass',
      'the scan stands where builders cannot change it',
      { securityTests: known([aTest()]) },
      'Builders can neither change nor take out',
    ],
    [
      'fail',
      'builders can edit it',
      {
        securityTests: known([
          aTest({
            editableByBuilders: known(true),
            location: { repository: 'Shop/shop', file: '/azure-pipelines.yml' },
          }),
        ]),
      },
      'in Shop/shop, /azure-pipelines.yml',
    ],
    [
      'fail',
      'one of two scans can be edited',
      {
        securityTests: known([
          aTest(),
          aTest({ editableByBuilders: known(true) }),
        ]),
      },
    ],
    [
      'unknown',
      'it is not known who can edit it',
      { securityTests: known([aTest({ editableByBuilders: notRead() })]) },
    ],
    ['unknown', 'the steps cannot be read', { securityTests: notRead() }],
    ['not-applicable', 'there is no scan', { securityTests: known([]) }],
  ])('is %s when %s', (status, _when, given, says = '') => {
    expect(resultOf(securityTestNotEditableByBuilders, given)).toEqual({
      status,
      says: expect.stringContaining(says),
    });
  });
});
