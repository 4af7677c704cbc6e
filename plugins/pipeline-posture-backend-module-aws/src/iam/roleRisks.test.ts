import fc from 'fast-check';
import { Grant } from 'backstage-plugin-pipeline-posture-common';
import {
  allow,
  anAccount,
  aRole,
  deny,
  policy,
  roleArn,
  trustsService,
} from './__testUtils__/anAccount';
import { ActionIndex } from './ActionIndex';
import { mayDo } from './effectiveGrants';
import { RawPrincipal } from './IamAccount';
import { roleRisks } from './roleRisks';

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const BOUNDARY = 'arn:aws:iam::111122223333:policy/boundary';
const managed = { [ADMIN]: policy(allow('*')) };

function risksOf(
  statements: object[],
  part: Partial<RawPrincipal> = {},
  others: RawPrincipal[] = [],
  boundary?: string,
): Grant[] {
  const role = aRole('deployer', statements, {
    ...part,
    boundary: boundary === undefined ? part.boundary : BOUNDARY,
  });
  const account = anAccount([role, ...others], {
    managed: {
      ...managed,
      ...(boundary === undefined ? {} : { [BOUNDARY]: boundary }),
    },
  });
  const risks = roleRisks(account, role);
  if (!risks.known) throw new Error(risks.reason.message);
  return risks.value;
}

const kinds = (grants: Grant[]) =>
  [...new Set(grants.map(({ breadth, risk }) => risk ?? breadth))].sort();

const administratorRole = (name: string, service: string) =>
  aRole(name, [], {
    inline: [],
    managed: [ADMIN],
    trust: trustsService(service),
  });

describe('roleRisks', () => {
  it('finds nothing in rights on named resources', () => {
    expect(
      risksOf([
        allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::artifacts/*'),
        allow(['ecr:GetAuthorizationToken', 'logs:DescribeLogGroups']),
        allow('iam:PassRole', roleArn('task')),
      ]),
    ).toEqual([]);
  });

  describe('administrators', () => {
    it.each([
      ['the managed policy', [], { inline: [], managed: [ADMIN] }],
      ['an own statement', [allow('*')], {}],
      ['another way to write it', [allow('*:*', 'arn:aws:*')], {}],
      [
        'the letters one by one',
        ['abcdefghijklmnopqrstuvwxyz']
          .flatMap(x => [...x])
          .map(x => allow(`${x}*:*`)),
        {},
      ],
      [
        'all but billing',
        [{ Effect: 'Allow', NotAction: 'aws-portal:*', Resource: '*' }],
        {},
      ],
      [
        'a condition that limits nothing',
        [allow('*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
        {},
      ],
      [
        'a denial that holds only sometimes',
        [
          allow('*'),
          deny('iam:*', '*', {
            Bool: { 'aws:MultiFactorAuthPresent': 'false' },
          }),
        ],
        {},
      ],
      [
        'a denial on one role',
        [allow('*'), deny('iam:*', roleArn('other'))],
        {},
      ],
    ])('are seen by %s', (_how, statements, part) => {
      expect(kinds(risksOf(statements, part))).toEqual(['administrator']);
    });

    it('are none when a denial takes the rights on identities away', () => {
      expect(
        kinds(risksOf([allow('*'), deny(['iam:*', 'sts:*'])])),
      ).not.toContain('administrator');
    });

    it('are wide still under a condition that limits them', () => {
      const [first] = risksOf([
        {
          ...allow('*'),
          Condition: {
            StringEquals: { 'aws:ResourceAccount': '111122223333' },
          },
        },
      ]);
      expect(first).toMatchObject({
        breadth: 'wide',
        title: expect.stringMatching(
          /every action on every resource, limited by aws:resourceaccount$/,
        ),
      });
      expect(first.risk).toBeUndefined();
    });

    it('are none within a boundary that leaves little', () => {
      const limits = policy(allow('s3:GetObject', 'arn:aws:s3:::artifacts/*'));
      expect(risksOf([allow('*')], {}, [], limits)).toEqual([]);
    });

    it('are said to be so by design where a tool makes them so', () => {
      const role = aRole('cdk-hnb659fds-cfn-exec-role-1-eu', [allow('*')]);
      const risks = roleRisks(anAccount([role]), role);
      expect(risks.known && risks.value[0].title).toContain(
        'by design of the CDK bootstrap',
      );
    });
  });

  it('does not judge rights that an unreadable boundary may take away', () => {
    const bounded = aRole('deployer', [allow('*')], { boundary: BOUNDARY });
    const risks = roleRisks(anAccount([bounded]), bounded);
    expect(risks).toMatchObject({
      known: false,
      reason: {
        code: 'not-found',
        message: expect.stringContaining('permissions boundary'),
      },
    });
    const harmless = aRole('deployer', [], { boundary: BOUNDARY });
    expect(roleRisks(anAccount([harmless]), harmless).known).toBe(true);
  });

  it('says which policy cannot be understood', () => {
    const role = aRole('deployer', [], {
      inline: [{ name: 'run', document: '{' }],
    });
    expect(roleRisks(anAccount([role]), role)).toMatchObject({
      known: false,
      reason: {
        code: 'malformed',
        message: expect.stringContaining('inline policy run'),
      },
    });
  });

  it('does not take a policy that is missing for an empty one', () => {
    const role = aRole('deployer', [], {
      managed: ['arn:aws:iam::111122223333:policy/gone'],
    });
    expect(roleRisks(anAccount([role]), role)).toMatchObject({
      known: false,
      reason: { code: 'not-found' },
    });
  });

  it('refuses to analyse more statements than IAM can store, and says so', () => {
    const many = Array.from({ length: 10_000 }, (_, i) =>
      allow('s3:GetObject', `arn:aws:s3:::b${i}/*`),
    );
    const role = aRole('deployer', many);
    expect(roleRisks(anAccount([role]), role)).toMatchObject({
      known: false,
      reason: { code: 'too-large' },
    });
  });

  describe('breadth', () => {
    it.each<[string, object[], string[]]>([
      [
        'a whole service',
        [allow('dynamodb:*')],
        ['unconstrained-write', 'whole-service'],
      ],
      [
        'writes on every bucket',
        [allow('s3:PutObject', 'arn:aws:s3:::*')],
        ['unconstrained-write'],
      ],
      [
        'reads of every secret',
        [allow('secretsmanager:GetSecretValue')],
        ['read-every-secret'],
      ],
      [
        'reads of every secret by name',
        [
          allow(
            'secretsmanager:GetSecretValue',
            'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*',
          ),
        ],
        ['read-every-secret'],
      ],
      [
        'NotAction',
        [
          {
            Effect: 'Allow',
            NotAction: 'iam:*',
            Resource: 'arn:aws:s3:::artifacts/*',
          },
        ],
        ['not-action'],
      ],
      ['reads only', [allow(['s3:Get*', 'dynamodb:List*'])], []],
      [
        'writes on resources with a prefix',
        [allow('s3:PutObject', 'arn:aws:s3:::artifacts-*')],
        [],
      ],
      [
        'actions of one pipeline',
        [
          allow(
            'codepipeline:PutApprovalResult',
            'arn:aws:codepipeline:eu-west-1:111122223333:shop/*',
          ),
        ],
        [],
      ],
    ])('%s', (_what, statements, expected) => {
      expect(kinds(risksOf(statements))).toEqual(expected);
    });

    it('counts a statement that a condition limits as narrow', () => {
      const [risk] = risksOf([
        allow('kms:Decrypt', '*', {
          StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
        }),
      ]);
      expect(risk).toMatchObject({
        breadth: 'narrow',
        title: expect.stringContaining('limited by kms:viaservice'),
      });
    });

    it('names policy, statement and actions', () => {
      const [risk] = risksOf([
        allow('s3:GetObject', 'arn:aws:s3:::a/*'),
        { ...allow('kms:Decrypt'), Sid: 'Keys' },
      ]);
      expect(risk).toMatchObject({
        origin: 'statement 2 ("Keys") of inline policy run',
        actions: ['kms:Decrypt'],
      });
    });
  });

  describe('roles that it may pass or assume', () => {
    it.each<[string, object, Partial<Grant>]>([
      [
        'every role',
        allow('iam:PassRole'),
        { risk: 'pass-any-role', breadth: 'wide' },
      ],
      [
        'every role by pattern',
        allow('iam:PassRole', 'arn:aws:iam::*:role/*'),
        { risk: 'pass-any-role', breadth: 'wide' },
      ],
      [
        'every role to one service',
        allow('iam:PassRole', '*', {
          StringEquals: { 'IAM:passedToService': 'ecs-tasks.amazonaws.com' },
        }),
        { risk: 'pass-any-role', breadth: 'narrow' },
      ],
      [
        'assume every role',
        allow('sts:AssumeRole'),
        { risk: 'assume-any-role', breadth: 'wide' },
      ],
      [
        'assume CDK roles by tag',
        allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/*', {
          StringEquals: { 'iam:ResourceTag/aws-cdk:bootstrap-role': 'deploy' },
        }),
        { risk: 'assume-any-role', breadth: 'narrow' },
      ],
    ])('%s', (_what, statement, expected) => {
      expect(risksOf([statement])).toContainEqual(
        expect.objectContaining(expected),
      );
    });
  });

  describe('escalation', () => {
    it.each<[string, object[]]>([
      [
        'writing its own policy',
        [allow('iam:PutRolePolicy', roleArn('deployer'))],
      ],
      [
        'attaching to roles of a prefix that fits itself',
        [allow('iam:AttachRolePolicy', roleArn('dep*'))],
      ],
      ['making any role trust it', [allow('iam:UpdateAssumeRolePolicy')]],
      [
        'creating a role and giving it rights, in two statements',
        [
          allow('iam:CreateRole', roleArn('app-*')),
          allow('iam:PutRolePolicy', roleArn('app-*')),
        ],
      ],
      ['keys of any user', [allow('iam:CreateAccessKey')]],
    ])('%s', (_how, statements) => {
      expect(kinds(risksOf(statements))).toContain('escalation');
    });

    it.each<[string, object[]]>([
      [
        'writing the policy of another named role',
        [allow('iam:PutRolePolicy', roleArn('other'))],
      ],
      [
        'creating roles without a way to give them rights',
        [allow('iam:CreateRole', roleArn('app-*'))],
      ],
      [
        'creating a stack without a role to pass',
        [
          allow(
            'cloudformation:CreateStack',
            'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/*',
          ),
        ],
      ],
      [
        'creating roles only with a boundary',
        [
          allow(['iam:CreateRole', 'iam:PutRolePolicy'], roleArn('app-*'), {
            StringEquals: { 'iam:PermissionsBoundary': BOUNDARY },
          }),
        ],
      ],
    ])('is not %s', (_how, statements) => {
      expect(kinds(risksOf(statements))).not.toContain('escalation');
    });

    const lambda = allow(
      ['lambda:CreateFunction', 'lambda:InvokeFunction'],
      'arn:aws:lambda:*:*:function:shop-*',
    );

    it('is passing a stronger role to a service that it can run code in', () => {
      const risks = risksOf(
        [lambda, allow('iam:PassRole', roleArn('worker'))],
        {},
        [administratorRole('worker', 'lambda.amazonaws.com')],
      );
      expect(risks).toContainEqual(
        expect.objectContaining({
          risk: 'escalation',
          title: expect.stringContaining('worker'),
        }),
      );
    });

    it('is not passing a role that is no stronger, or that the service cannot assume', () => {
      const statements = [lambda, allow('iam:PassRole', roleArn('worker'))];
      expect(
        kinds(
          risksOf(statements, {}, [
            aRole('worker', [], {
              trust: trustsService('lambda.amazonaws.com'),
            }),
          ]),
        ),
      ).not.toContain('escalation');
      expect(
        kinds(
          risksOf(statements, {}, [
            administratorRole('worker', 'ec2.amazonaws.com'),
          ]),
        ),
      ).not.toContain('escalation');
    });

    it('is assuming a stronger role that lets it in', () => {
      const open = administratorRole('boss', 'ec2.amazonaws.com');
      const trust = policy({
        Effect: 'Allow',
        Principal: { AWS: roleArn('deployer') },
        Action: 'sts:AssumeRole',
      });
      const statements = [allow('sts:AssumeRole', roleArn('boss'))];
      expect(kinds(risksOf(statements, {}, [{ ...open, trust }]))).toContain(
        'escalation',
      );
      expect(kinds(risksOf(statements, {}, [open]))).not.toContain(
        'escalation',
      );
    });

    it('is starting a build project that runs with a stronger role', () => {
      const arn = 'arn:aws:codebuild:eu-west-1:111122223333:project/build';
      const role = aRole('deployer', [allow('codebuild:StartBuild', arn)]);
      const strong = administratorRole('builder', 'codebuild.amazonaws.com');
      const account = anAccount([role, strong], { managed });
      const risks = (serviceRole: string) =>
        roleRisks(account, role, [{ name: 'build', arn, serviceRole }]);
      expect(risks(strong.arn)).toMatchObject({
        known: true,
        value: [{ risk: 'escalation' }],
      });
      expect(risks(role.arn)).toMatchObject({ known: true, value: [] });
    });
  });

  it('takes service control policies into account', () => {
    const role = aRole('deployer', [allow('secretsmanager:GetSecretValue')]);
    const account = anAccount([role], {
      serviceControlPolicies: [
        { name: 'guard', document: policy(deny('secretsmanager:*')) },
      ],
    });
    expect(roleRisks(account, role)).toMatchObject({ known: true, value: [] });
  });

  it('never finds less when a statement is added that allows more', () => {
    const action = fc.constantFrom(
      's3:*',
      'iam:PassRole',
      'sts:AssumeRole',
      'kms:Decrypt',
      'ecs:RunTask',
      '*',
      'ssm:Get*',
    );
    const resource = fc.constantFrom(
      '*',
      'arn:aws:s3:::b/*',
      roleArn('*'),
      roleArn('deployer'),
    );
    const statements = fc.array(
      fc.tuple(action, resource).map(([a, r]) => allow(a, r)),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(statements, fc.tuple(action, resource), (before, [a, r]) => {
        const one = kinds(risksOf(before));
        const more = kinds(risksOf([...before, allow(a, r)]));
        const lost = one.filter(kind => !more.includes(kind));
        expect(more.includes('administrator') ? [] : lost).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('mayDo', () => {
  const arn =
    'arn:aws:codepipeline:eu-west-1:111122223333:shop/Approve/Release';
  const may = (...statements: object[]) => {
    const role = aRole('deployer', statements);
    const rights = anAccount([role]).rights(role);
    return (
      rights.known &&
      mayDo(
        rights.value,
        'codepipeline:PutApprovalResult',
        arn,
        ActionIndex.shared(),
      )
    );
  };

  it('honours resources, denials and conditions', () => {
    expect(may(allow('codepipeline:*'))).toBe('yes');
    expect(
      may(
        allow(
          'codepipeline:PutApprovalResult',
          'arn:aws:codepipeline:*:*:shop/*',
        ),
      ),
    ).toBe('yes');
    expect(
      may(
        allow(
          'codepipeline:PutApprovalResult',
          'arn:aws:codepipeline:*:*:other/*',
        ),
      ),
    ).toBe('no');
    expect(may(allow('codepipeline:*'), deny('codepipeline:Put*', arn))).toBe(
      'no',
    );
    expect(
      may(
        allow('codepipeline:*', '*', {
          StringEquals: { 'aws:ResourceTag/team': 'a' },
        }),
      ),
    ).toBe('limited');
    expect(
      may({
        Effect: 'Allow',
        Action: 'codepipeline:*',
        NotResource: 'arn:aws:codepipeline:*:*:shop/*',
      }),
    ).toBe('no');
  });
});
