import fc from 'fast-check';
import { readBucketPolicy } from './bucketPolicy';

const own = (id: string) => id === '111122223333';
const read = (Statement: object[] | null) =>
  readBucketPolicy(
    Statement && JSON.stringify({ Version: '2012-10-17', Statement }),
    { bucket: 'artifacts', isKnownAccount: own },
  );
const noPlain = (part: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::artifacts', 'arn:aws:s3:::artifacts/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  ...part,
});
const writing = (Principal: object | string, part: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:Put*',
  Resource: 'arn:aws:s3:::artifacts/*',
  ...part,
});

describe('the policy of a bucket', () => {
  it.each<[string, object[] | null, boolean]>([
    ['has none', null, false],
    ['refuses everything without TLS', [noPlain()], true],
    ['refuses only to one role', [noPlain({ Principal: { AWS: '1' } })], false],
    ['refuses only reading', [noPlain({ Action: 's3:GetObject' })], false],
    [
      'refuses what has TLS',
      [noPlain({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      false,
    ],
    [
      'refuses only under one more condition',
      [
        noPlain({
          Condition: {
            Bool: { 'aws:SecureTransport': 'false' },
            StringEquals: { 'aws:PrincipalAccount': '1' },
          },
        }),
      ],
      false,
    ],
  ])('%s', (_what, statements, onlyEncrypted) => {
    expect(read(statements)).toMatchObject({ value: { onlyEncrypted } });
  });

  it.each<[string, object[], string[]]>([
    ['everybody', [writing('*')], ['*']],
    [
      'another account',
      [writing({ AWS: 'arn:aws:iam::999900001111:root' })],
      ['arn:aws:iam::999900001111:root'],
    ],
    [
      'another account by its number',
      [writing({ AWS: '999900001111' })],
      ['999900001111'],
    ],
    ['its own account', [writing({ AWS: '111122223333' })], []],
    [
      'everybody of the organization',
      [
        writing('*', {
          Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
        }),
      ],
      [],
    ],
    [
      'everybody who is not of the organization',
      [
        writing('*', {
          Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } },
        }),
      ],
      ['*'],
    ],
    [
      'everybody, whatever the organization is',
      [
        writing('*', {
          Condition: { StringLike: { 'aws:PrincipalOrgID': '*' } },
        }),
      ],
      ['*'],
    ],
    ['everybody, to read', [writing('*', { Action: 's3:GetObject' })], []],
    [
      'everybody, by what it leaves out',
      [writing('*', { Action: undefined, NotAction: 's3:GetObject' })],
      ['*'],
    ],
  ])(
    'tells when it lets others write: %s',
    (_what, statements, outsideWriters) => {
      expect(read(statements)).toMatchObject({ value: { outsideWriters } });
    },
  );

  it('says when it cannot be understood, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const access = readBucketPolicy(text, {
          bucket: 'artifacts',
          isKnownAccount: own,
        });
        // Nothing that is no policy is taken for one that protects.
        expect(access.known && access.value.onlyEncrypted).toBe(false);
      }),
    );
  });
});
