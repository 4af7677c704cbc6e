import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';

/** An active access key of an IAM user. */
export interface AccessKey {
  userArn: string;
  /** ISO 8601; absent if the report does not say. */
  rotatedAt?: string;
  lastUsedAt?: string;
}

const KEYS = ['access_key_1', 'access_key_2'];

const momentOf = (text: string | undefined) => {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

/** Reads the CSV of the credential report of an account. */
export function readCredentialReport(csv: string): Fact<AccessKey[]> {
  const [head = '', ...rows] = csv.split(/\r?\n/).filter(Boolean);
  const columns = head.split(',');
  const needed = ['arn', ...KEYS.map(key => `${key}_active`)];
  if (!needed.every(column => columns.includes(column))) {
    return unknown({
      code: 'malformed',
      message:
        'The credential report of the account has not the columns that AWS documents.',
      call: 'iam:GetCredentialReport',
      actor: 'platform-team',
      action:
        'Check that AWS_ENDPOINT_URL points to AWS; the next run tries again.',
    });
  }
  const keys = rows.flatMap(row => {
    const cells = row.split(',');
    const cell = (column: string) => cells[columns.indexOf(column)];
    return KEYS.filter(key => cell(`${key}_active`) === 'true').map(key => ({
      userArn: cell('arn') ?? '',
      rotatedAt: momentOf(cell(`${key}_last_rotated`)),
      lastUsedAt: momentOf(cell(`${key}_last_used_date`)),
    }));
  });
  return known(keys, { source: 'iam:GetCredentialReport' });
}
