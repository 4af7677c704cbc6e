import { known, SecurityTest } from 'backstage-plugin-pipeline-posture-common';
import { notRead } from 'backstage-plugin-pipeline-posture-node';
import { securityTestsWithUpstream } from './securityTests';

const scan: SecurityTest = {
  name: 'Scan',
  tool: 'Trivy',
  stageId: 'build',
  editableByBuilders: known(true),
  blocking: known(true),
  beforeProduction: known(false),
};

describe('the security tests of a release', () => {
  it('are those of the pipeline that made its artifacts as well, which ran before', () => {
    const tests = securityTestsWithUpstream(known([]), [7], id =>
      id === 7 ? known([scan]) : undefined,
    );
    expect(tests).toMatchObject({
      known: true,
      value: [{ tool: 'Trivy', beforeProduction: { value: true } }],
    });
  });

  it('are not known to be none when that pipeline could not be read', () => {
    expect(
      securityTestsWithUpstream(known([]), [7], () => notRead()).known,
    ).toBe(false);
    expect(
      securityTestsWithUpstream(known([]), ['elsewhere'], () => undefined)
        .known,
    ).toBe(false);
  });

  it('are none when both have none', () => {
    expect(
      securityTestsWithUpstream(known([]), [7], () => known([])),
    ).toMatchObject({ known: true, value: [] });
  });
});
