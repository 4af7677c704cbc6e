import { policy } from './__testUtils__/anAccount';
import { parsePolicy } from './policyDocument';
import { openTrust } from './trust';

const kinds = (
  Principal: unknown,
  Condition?: object,
  Action = 'sts:AssumeRole',
) =>
  openTrust(
    parsePolicy(
      policy({
        Effect: 'Allow',
        Principal,
        Action,
        ...(Condition && { Condition }),
      }),
      'resource',
    ),
    {
      accountId: '111122223333',
      knownAccounts: new Set(['111122223333', '444455556666']),
    },
  ).map(({ kind }) => kind);

const GITHUB = {
  Federated:
    'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
};
const subject = (sub: string, operator = 'StringLike') => ({
  [operator]: { 'token.actions.githubusercontent.com:sub': sub },
  StringEquals: {
    'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
  },
});
const WEB = 'sts:AssumeRoleWithWebIdentity';

describe('openTrust', () => {
  it.each<[string, unknown, object | undefined, string[]]>([
    [
      'one role of the account',
      { AWS: 'arn:aws:iam::111122223333:role/pipeline' },
      undefined,
      [],
    ],
    [
      'a role of a configured account',
      { AWS: 'arn:aws:iam::444455556666:role/pipeline' },
      undefined,
      [],
    ],
    [
      'the whole own account',
      { AWS: 'arn:aws:iam::111122223333:root' },
      undefined,
      ['own-account'],
    ],
    [
      'the whole own account by its id',
      { AWS: '111122223333' },
      undefined,
      ['own-account'],
    ],
    [
      'a whole configured account',
      { AWS: 'arn:aws:iam::444455556666:root' },
      undefined,
      ['foreign-account'],
    ],
    [
      'an unknown account',
      { AWS: 'arn:aws:iam::999900001111:role/vendor' },
      undefined,
      ['foreign-account'],
    ],
    [
      'an unknown account with an external id',
      { AWS: '999900001111' },
      { StringEquals: { 'sts:ExternalId': 'x' } },
      [],
    ],
    [
      'anybody whose name is any role of the account',
      '*',
      {
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' },
      },
      ['anyone'],
    ],
    ['anybody', '*', undefined, ['anyone']],
    [
      'anybody of the organisation',
      '*',
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      [],
    ],
    [
      'anybody, with a condition that may be absent',
      '*',
      { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } },
      ['anyone'],
    ],
    [
      'a service that confirms',
      { Service: 'codebuild.amazonaws.com' },
      undefined,
      ['unconfirmed-service'],
    ],
    [
      'a service that confirms, with the account',
      { Service: 'codebuild.amazonaws.com' },
      { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      [],
    ],
    [
      'CodePipeline, which AWS does not document to confirm',
      { Service: 'codepipeline.amazonaws.com' },
      undefined,
      [],
    ],
  ])('%s', (_who, principal, condition, expected) => {
    expect(kinds(principal, condition)).toEqual(expected);
  });

  it.each<[string, object | undefined, string[]]>([
    [
      'no subject',
      {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        },
      },
      ['open-federation'],
    ],
    [
      'any repository of an organisation',
      subject('repo:contoso/*'),
      ['open-federation'],
    ],
    [
      'any ref of a repository',
      subject('repo:contoso/shop:*'),
      ['open-federation'],
    ],
    [
      'any branch of a repository',
      subject('repo:contoso/shop:ref:refs/heads/*'),
      ['open-federation'],
    ],
    [
      'pull requests of a repository',
      subject('repo:contoso/shop:pull_request', 'StringEquals'),
      ['open-federation'],
    ],
    [
      'one environment of a repository',
      subject('repo:contoso/shop:environment:production'),
      [],
    ],
    [
      'no audience',
      {
        StringLike: {
          'token.actions.githubusercontent.com:sub':
            'repo:contoso/shop:ref:refs/heads/main',
        },
      },
      ['open-federation'],
    ],
  ])('GitHub with %s', (_what, condition, expected) => {
    expect(kinds(GITHUB, condition, WEB)).toEqual(expected);
  });

  it('asks other hosts of tokens for a subject as well', () => {
    const cluster = 'oidc.eks.eu-west-1.amazonaws.com/id/1';
    const principal = {
      Federated: `arn:aws:iam::111122223333:oidc-provider/${cluster}`,
    };
    const account = 'system:serviceaccount:ci:deployer';
    const of = (sub: string) => ({ StringLike: { [`${cluster}:sub`]: sub } });
    expect(kinds(principal, undefined, WEB)).toEqual(['open-federation']);
    expect(kinds(principal, of('*'), WEB)).toEqual(['open-federation']);
    expect(kinds(principal, of(account), WEB)).toEqual([]);
  });

  it.each(['sts:Assume*', 'STS:*', '*', 'sts:?ssumeRole'])(
    'knows %s for a right to assume',
    action => {
      expect(kinds('*', undefined, action)).toEqual(['anyone']);
    },
  );
});
