import { createHash } from 'node:crypto';
import { Finding } from 'backstage-plugin-pipeline-posture-common';

/**
 * Identifies what a finding is about. Numbers in sentences (ages, counts of days) may move without changing that.
 */
export function fingerprintOf(finding: Finding): string {
  const parts = finding.instances
    .filter(({ status }) => status === 'fail' || status === 'unknown')
    .map(({ status, subject, observed, evidence, reason }) => [
      status,
      subject,
      reason?.code ?? observed.replace(/\d+/g, '#'),
      evidence.map(({ source, field, observed: seen }) => [
        source,
        field,
        seen,
      ]),
    ])
    .map(part => JSON.stringify(part))
    .sort();
  return createHash('sha256')
    .update(parts.join('\n'))
    .digest('hex')
    .slice(0, 24);
}
