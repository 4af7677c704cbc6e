import { AwsAccount } from '../state/accountSchema';
import { UserState } from '../state/iamSchema';

const COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

const moment = (date: Date) =>
  date.toISOString().replace(/\.\d{3}Z$/, '+00:00');

function keyColumns(key: UserState['keys'][number] | undefined): string[] {
  if (!key) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
  return [
    String(key.active),
    moment(key.rotated),
    key.lastUsed ? moment(key.lastUsed) : 'N/A',
    key.lastUsed ? 'eu-west-1' : 'N/A',
    key.lastUsed ? 'codepipeline' : 'N/A',
  ];
}

/** The CSV that GetCredentialReport carries. */
export function credentialReport(account: AwsAccount): string {
  const iamArn = `arn:${account.partition}:iam::${account.id}:`;
  const noCertificates = ['false', 'N/A', 'false', 'N/A'];
  const root = [
    '<root_account>',
    `${iamArn}root`,
    '2024-01-01T00:00:00+00:00',
    'not_supported',
    'no_information',
    'not_supported',
    'not_supported',
    'true',
    ...keyColumns(undefined),
    ...keyColumns(undefined),
    ...noCertificates,
  ];
  const users = account.iam.users.map(user => [
    user.name,
    `${iamArn}user${user.path}${user.name}`,
    moment(user.created),
    String(user.password),
    'no_information',
    'N/A',
    'N/A',
    String(user.mfa),
    ...keyColumns(user.keys[0]),
    ...keyColumns(user.keys[1]),
    ...noCertificates,
  ]);
  return [COLUMNS, ...[root, ...users].map(row => row.join(','))].join('\n');
}
