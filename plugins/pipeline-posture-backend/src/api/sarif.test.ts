import { PipelineDetail } from 'backstage-plugin-pipeline-posture-common';
import { toSarif } from './sarif';

const detail = (file: string, part = {}) =>
  ({
    pipeline: { provider: 'azure-devops', name: 'shop-deploy' },
    controls: [],
    findings: [
      {
        controlId: 'no-plaintext-secret',
        status: 'fail',
        severity: 'critical',
        preview: false,
        exempt: false,
        instances: [
          {
            status: 'fail',
            subject: 'variable X',
            observed: 'It is.',
            expected: 'It is not.',
            evidence: [{ location: { file, line: 7 } }],
          },
        ],
        ...part,
      },
    ],
  } as unknown as PipelineDetail);
const resultOf = (file: string, part = {}) =>
  toSarif(detail(file, part)).runs[0].results[0];

describe('a finding in SARIF', () => {
  it.each([
    ['azure-pipelines.yml', 'azure-pipelines.yml'],
    ['/ci/azure-pipelines.yml', 'ci/azure-pipelines.yml'],
    ['//host/a b/100%.yml', 'host/a%20b/100%25.yml'],
    ['C:\\ci\\x#1.yml', 'C%3A/ci/x%231.yml'],
    ['ci/\uD83D.yml', 'ci/%EF%BF%BD.yml'],
    ['ci/bäume?.yml', 'ci/b%C3%A4ume%3F.yml'],
  ])('of %s stands at a relative reference', (file, uri) => {
    expect(resultOf(file).locations[0]).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri },
        region: { startLine: 7 },
      },
    });
    const base = 'https://example.com/shop/';
    expect(new URL(uri, base).href).toBe(`${base}${uri}`);
  });

  it('is a note while its control is a preview', () => {
    expect(resultOf('a.yml').level).toBe('error');
    expect(resultOf('a.yml', { preview: true }).level).toBe('note');
  });
});
