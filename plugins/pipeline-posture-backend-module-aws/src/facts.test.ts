import { loadContosoAws } from 'pipeline-posture-estate';
import { Collecting, CONTOSO_CONFIG } from './__testUtils__/collecting';
import {
  allowing,
  anAction,
  OneAccount,
  readOne,
  SHOP,
  shopRole,
  trusting,
} from './__testUtils__/oneAccount';

// The first test of a file loads the clients of a dozen services.
const build = {
  name: 'build',
  serviceRole: shopRole('builder'),
  environment: {},
};
const builder = (inline: object) => ({
  name: 'builder',
  trust: trusting({ Service: 'codebuild.amazonaws.com' }),
  inline,
});
const runBuild = (part: object = {}) =>
  anAction('Build', 'Build', 'CodeBuild', {
    configuration: { ProjectName: 'build', ...part },
  });
const deploy = (part: object = {}) =>
  anAction('Deploy', 'Deploy', 'CloudFormation', {
    configuration: { StackName: 'shop-production' },
    ...part,
  });
const shop = (
  stages: object[],
  part: Partial<OneAccount> = {},
): OneAccount => ({
  projects: [build],
  stages,
  ...part,
});

describe('the identities of a pipeline', () => {
  it('hold the role that a CDK build assumes, and the one that it passes on', async () => {
    const run = await readOne(
      shop(
        [
          { name: 'Build', actions: [runBuild()] },
          { name: 'Production', actions: [deploy()] },
        ],
        {
          roles: [
            builder(
              allowing(
                'sts:AssumeRole',
                shopRole('cdk-hnb659fds-deploy-role-*'),
              ),
            ),
            {
              name: 'cdk-hnb659fds-deploy-role-1',
              trust: trusting({ AWS: `arn:aws:iam::${SHOP}:root` }),
              inline: allowing(
                'iam:PassRole',
                shopRole('cdk-hnb659fds-cfn-exec-role-1'),
              ),
            },
          ],
        },
      ),
    );
    const { identities, stages } = run.snapshot('shop');
    const names = identities.known && identities.value.map(({ name }) => name);
    expect(names).toContain('cdk-hnb659fds-deploy-role-1');
    const unit = stages.known ? stages.value[0].units[0] : undefined;
    expect(unit?.identityIds).toMatchObject({
      value: [shopRole('builder'), shopRole('cdk-hnb659fds-deploy-role-1')],
    });
    expect(run.status('shop', 'build-cannot-use-the-deploy-identity')).toBe(
      'fail',
    );
    expect(
      run.findings('shop')['identity-trusts-only-its-pipeline'].instances[0]
        .observed,
    ).toContain('every principal of account');
  });

  it('take the override of an action, and the batch role, for the role of a build', async () => {
    const run = await readOne(
      shop(
        [
          {
            name: 'Build',
            actions: [
              runBuild({
                ServiceRoleArnOverride: shopRole('override'),
                BatchEnabled: 'true',
              }),
            ],
          },
        ],
        {
          projects: [
            { ...build, buildBatchConfig: { serviceRole: shopRole('batch') } },
          ],
        },
      ),
    );
    const { stages } = run.snapshot('shop');
    expect(stages.known && stages.value[0].units[0].identityIds).toMatchObject({
      value: [shopRole('override'), shopRole('batch')],
    });
  });

  it('hold the role of a build that a stage condition runs', async () => {
    const rule = {
      name: 'Probe',
      ruleTypeId: {
        category: 'Rule',
        owner: 'AWS',
        provider: 'CodeBuild',
        version: '1',
      },
      configuration: { ProjectName: 'build' },
    };
    const run = await readOne(
      shop(
        [
          {
            name: 'Production',
            beforeEntry: { conditions: [{ result: 'FAIL', rules: [rule] }] },
            actions: [deploy()],
          },
        ],
        {
          roles: [
            {
              ...builder({}),
              managed: ['arn:aws:iam::aws:policy/AdministratorAccess'],
            },
          ],
        },
      ),
    );
    expect(run.findings('shop')['identity-is-not-admin']).toMatchObject({
      status: 'fail',
      instances: expect.arrayContaining([
        expect.objectContaining({
          subject: 'IAM role builder',
          status: 'fail',
        }),
      ]),
    });
  });

  it('hold the roles of what deployments and invocations run', async () => {
    const run = await readOne(
      shop(
        [
          {
            name: 'Production',
            actions: [
              anAction('Deploy', 'Deploy', 'CodeDeploy', {
                configuration: {
                  ApplicationName: 'shop',
                  DeploymentGroupName: 'live',
                },
              }),
              anAction('Warm', 'Invoke', 'Lambda', {
                configuration: { FunctionName: 'warm' },
              }),
            ],
          },
        ],
        {
          region: {
            deploymentGroups: [
              {
                application: 'shop',
                name: 'live',
                serviceRoleArn: shopRole('codedeploy'),
              },
            ],
            functions: [{ name: 'warm', role: shopRole('function') }],
          },
        },
      ),
    );
    const { identities } = run.snapshot('shop');
    const names = identities.known
      ? identities.value.map(({ name }) => name)
      : [];
    expect(names).toEqual(expect.arrayContaining(['codedeploy', 'function']));
  });

  it('offer the narrowed statement where the pipeline names the resource', async () => {
    const run = await readOne(
      shop([{ name: 'Build', actions: [runBuild()] }], {
        roles: [builder(allowing('codebuild:*'))],
      }),
    );
    const { identities } = run.snapshot('shop');
    const role = identities.known
      ? identities.value.find(({ name }) => name === 'builder')
      : undefined;
    const grants = role?.grants.known ? role.grants.value : [];
    expect(
      grants.find(({ risk }) => risk === 'whole-service')?.narrowed,
    ).toContain(`arn:aws:codebuild:eu-west-1:${SHOP}:project/build`);
  });
});

describe('approvals', () => {
  const approve = (runOrder: number) =>
    anAction('Approve', 'Approval', 'Manual', { runOrder });
  const status = async (...actions: object[]) =>
    (await readOne(shop([{ name: 'Production', actions }]))).status(
      'shop',
      'production-needs-approval',
    );

  it('gate a deployment only if they run strictly before it', async () => {
    expect(await status(approve(1), deploy({ runOrder: 2 }))).toBe('pass');
    expect(await status(approve(1), deploy({ runOrder: 1 }))).toBe('fail');
    expect(await status(approve(3), deploy({ runOrder: 2 }))).toBe('fail');
  });

  it('are lifted by a build that may approve', async () => {
    const run = await readOne(
      shop(
        [
          { name: 'Build', actions: [runBuild()] },
          {
            name: 'Production',
            actions: [approve(1), deploy({ runOrder: 2 })],
          },
        ],
        {
          roles: [builder(allowing('codepipeline:PutApprovalResult'))],
        },
      ),
    );
    expect(run.status('shop', 'gate-cannot-be-skipped')).toBe('fail');
    expect(run.status('shop', 'requester-cannot-approve')).toBe('fail');
  });

  it('may be lifted by a build that may approve under a condition', async () => {
    const { run: policy } = allowing('codepipeline:PutApprovalResult');
    const [statement] = policy.Statement;
    const Condition = { StringEquals: { 'aws:ResourceTag/team': 'shop' } };
    const inline = {
      run: { ...policy, Statement: [{ ...statement, Condition }] },
    };
    const run = await readOne(
      shop(
        [
          { name: 'Build', actions: [runBuild()] },
          {
            name: 'Production',
            actions: [approve(1), deploy({ runOrder: 2 })],
          },
        ],
        { roles: [builder(inline)] },
      ),
    );
    expect(run.status('shop', 'gate-cannot-be-skipped')).toBe('unknown');
  });

  it('are unknown in who gives them if the rights of somebody cannot be understood', async () => {
    const run = await readOne(
      shop(
        [
          {
            name: 'Production',
            actions: [approve(1), deploy({ runOrder: 2 })],
          },
        ],
        {
          users: [{ name: 'odd', inline: { a: '{' } }],
        },
      ),
    );
    expect(run.status('shop', 'requester-cannot-approve')).toBe('unknown');
    expect(run.status('shop', 'approvers-are-few')).toBe('unknown');
  });
});

describe('who administers a pipeline', () => {
  const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const status = async (role: object) =>
    (
      await readOne(
        shop([{ name: 'Production', actions: [deploy()] }], {
          roles: [{ managed: [ADMIN], ...role }],
        }),
      )
    ).status('shop', 'people-hold-no-standing-admin');

  it('is a role that people can assume, directly or through another', async () => {
    const name = 'operators';
    expect(await status({ name, trust: trusting({ AWS: SHOP }) })).toBe('fail');
    expect(
      await status({
        name,
        trust: trusting({ Federated: 'arn:aws:iam::1:saml-provider/x' }),
      }),
    ).toBe('fail');
  });

  it('is no role that only the pipeline can assume', async () => {
    const trust = trusting({ AWS: shopRole('pipeline') });
    expect(await status({ name: 'deployer', trust })).toBe('pass');
  });

  it('is unknown where another place decides about the time', async () => {
    const trust = trusting({ AWS: '999900001111' });
    expect(await status({ name: 'AWSReservedSSO_Admin_1', trust })).toBe(
      'unknown',
    );
    expect(await status({ name: 'OrganizationAccountAccessRole', trust })).toBe(
      'unknown',
    );
  });
});

describe('what AWS-only facts say', () => {
  it('who can start a project around its pipeline', async () => {
    const webhook = (filterGroups: object[]) => ({
      url: 'https://example.com',
      filterGroups,
    });
    const event = { type: 'EVENT', pattern: 'PULL_REQUEST_CREATED' };
    const status = async (groups: object[]) =>
      (
        await readOne(
          shop([{ name: 'Build', actions: [runBuild()] }], {
            projects: [{ ...build, webhook: webhook(groups) }],
          }),
        )
      ).status('shop', 'untrusted-pull-requests-get-nothing');
    expect(await status([])).toBe('fail');
    expect(await status([[event]])).toBe('fail');
    expect(
      await status([[event, { type: 'ACTOR_ACCOUNT_ID', pattern: '1234' }]]),
    ).toBe('fail');
    expect(
      await status([[event, { type: 'ACTOR_ACCOUNT_ID', pattern: '^1234$' }]]),
    ).not.toBe('fail');
    for (const pattern of [
      '^(12|34)$',
      '^12$|^34$',
      '(^12$|^34$)',
      '(^12$)|(^34$)',
      '^((12)|(34))$',
      '^\\{a-b\\}$',
    ])
      expect(
        await status([[event, { type: 'ACTOR_ACCOUNT_ID', pattern }]]),
      ).not.toBe('fail');
    // Anchors alone name nobody.
    for (const pattern of ['^.*$', '^\\d+$', '^(12)|(34)$', '^12$|3'])
      expect(
        await status([[event, { type: 'ACTOR_ACCOUNT_ID', pattern }]]),
      ).toBe('fail');
    const on = (pattern: string, excludeMatchedPattern = false) =>
      status([[{ type: 'EVENT', pattern, excludeMatchedPattern }]]);
    expect(await on('PUSH')).not.toBe('fail');
    expect(await on('PUSH, PULL_REQUEST_MERGED')).not.toBe('fail');
    expect(await on('PUSH, PULL_REQUEST_REOPENED')).toBe('fail');
    expect(await on('PUSH', true)).toBe('fail');
  });

  it('that a stage goes elsewhere than its name says', async () => {
    const wrong = {
      ...deploy(),
      configuration: { StackName: 'shop-production' },
    };
    const run = await readOne(shop([{ name: 'Test', actions: [wrong] }]));
    expect(run.status('shop', 'deploys-where-its-name-says')).toBe('fail');
  });

  it('that a build deploys, whatever it is called', async () => {
    const status = async (commands: string[], control: string) =>
      (
        await readOne(
          shop([{ name: 'Ship', actions: [runBuild()] }], {
            projects: [
              {
                ...build,
                source: {
                  type: 'CODEPIPELINE',
                  buildspec: [
                    'version: 0.2',
                    'phases:',
                    '  build:',
                    '    commands:',
                    ...commands.map(command => `      - ${command}`),
                  ].join('\n'),
                },
              },
            ],
          }),
        )
      ).status('shop', control);
    // Nothing says whether "Ship" is production, so that nobody may call it harmless.
    expect(await status(['terraform apply'], 'production-needs-approval')).toBe(
      'unknown',
    );
    expect(await status(['npm test'], 'production-needs-approval')).toBe(
      'not-applicable',
    );
    expect(
      await status(
        ['npm ci', 'terraform apply'],
        'build-cannot-use-the-deploy-identity',
      ),
    ).toBe('fail');
  });

  it('that text of a commit reaches a shell', async () => {
    const commands = anAction('Tell', 'Compute', 'Commands', {
      commands: ['echo #{Source.CommitMessage}'],
    });
    const run = await readOne(shop([{ name: 'Build', actions: [commands] }]));
    expect(run.status('shop', 'no-untrusted-text-in-a-shell')).toBe('fail');
  });

  it('that an unbounded pull request trigger reaches the pipeline', async () => {
    const triggers = [
      {
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: {
          sourceActionName: 'Source',
          pullRequest: [{ events: ['OPEN'] }],
        },
      },
    ];
    const run = await readOne(
      shop([{ name: 'Production', actions: [deploy()] }], {
        pipeline: { triggers },
      }),
    );
    expect(run.status('shop', 'untrusted-pull-requests-get-nothing')).toBe(
      'fail',
    );
  });
});

describe('the sources of a pipeline', () => {
  it('are all branches whose pushes start it, each with its own rules', async () => {
    const source = anAction('Source', 'Source', 'CodeStarSourceConnection', {
      configuration: { FullRepositoryId: 'contoso/shop', BranchName: 'main' },
    });
    const push = (includes: string[]) => ({ branches: { includes } });
    const triggers = [
      {
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: {
          sourceActionName: 'Source',
          push: [push(['main', 'hotfix']), push(['feature/*', 'hotfix'])],
        },
      },
    ];
    const run = await readOne(
      shop(
        [
          { name: 'Source', actions: [source] },
          { name: 'Production', actions: [deploy()] },
        ],
        { pipeline: { triggers, pipelineType: 'V2' } },
      ),
    );
    const { sources } = run.snapshot('shop');
    expect(sources).toMatchObject({
      value: [
        { id: 'Source', branch: 'main' },
        { id: 'Source@hotfix', branch: 'hotfix' },
      ],
    });
    // No host is connected that could tell what holds on them.
    expect(run.status('shop', 'source-branch-requires-review')).toBe('unknown');
  });
});

describe('who can go around the rules of a branch of CodeCommit', () => {
  const status = async (
    { run }: ReturnType<typeof allowing>,
    condition?: object,
  ) => {
    const [statement] = run.Statement;
    const policy = {
      run: {
        ...run,
        Statement: [
          { ...statement, ...(condition && { Condition: condition }) },
        ],
      },
    };
    const source = anAction('Source', 'Source', 'CodeCommit', {
      configuration: { RepositoryName: 'shop', BranchName: 'main' },
    });
    const read = await readOne(
      shop(
        [
          { name: 'Source', actions: [source] },
          { name: 'Build', actions: [runBuild()] },
          { name: 'Production', actions: [deploy()] },
        ],
        {
          roles: [builder(policy)],
          region: {
            repositories: [
              {
                name: 'shop',
                defaultBranch: 'main',
                approvalRuleTemplates: [],
                files: {},
              },
            ],
          },
        },
      ),
    );
    return read.status('shop', 'branch-policy-cannot-be-bypassed');
  };
  const branch = (name: string) => ({
    StringEquals: { 'codecommit:References': [`refs/heads/${name}`] },
  });

  it('is a build that may push to it', async () => {
    expect(await status(allowing('codecommit:GitPush'))).toBe('fail');
    expect(await status(allowing('codecommit:GitPush'), branch('main'))).toBe(
      'fail',
    );
  });

  it('is no build that only reads, or pushes elsewhere', async () => {
    expect(await status(allowing('codecommit:GitPull'))).toBe('pass');
    expect(
      await status(allowing('codecommit:GitPush'), branch('gh-pages')),
    ).toBe('pass');
  });
});

describe('several accounts and regions', () => {
  it('share IAM over the regions of an account, and keep regions apart', async () => {
    const config = {
      ...CONTOSO_CONFIG,
      pipelinePosture: {
        aws: [
          {
            id: 'contoso',
            accounts: ['111122223333'],
            regions: ['eu-west-1', 'us-east-1'],
          },
        ],
      },
    };
    const collecting = await Collecting.start({ config });
    try {
      const first = await collecting.run(collecting.scope('111122223333'));
      const second = await collecting.run(
        collecting.scope('111122223333', 'us-east-1'),
      );
      expect([first.snapshots.length, second.snapshots.length]).toEqual([3, 0]);
      expect(collecting.calls.count('iam:GetAccountAuthorizationDetails')).toBe(
        1,
      );
    } finally {
      await collecting.close();
    }
  });

  it('come from the organization, without those that are left out', async () => {
    const state = loadContosoAws();
    state.accounts[0].organization = {
      members: ['111122223333', '444455556666', '999900001111'],
      policies: [
        {
          name: 'p-no-secrets',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' },
            ],
          },
          targets: ['ou-logistics'],
        },
      ],
      units: { '444455556666': 'ou-logistics', 'ou-logistics': 'r-root' },
    };
    const config = {
      ...CONTOSO_CONFIG,
      pipelinePosture: {
        aws: [
          {
            id: 'contoso',
            organization: {
              managementAccount: '111122223333',
              exclude: ['999900001111'],
            },
            regions: ['eu-west-1'],
          },
        ],
      },
    };
    const collecting = await Collecting.start({ state, config });
    try {
      const scopes = (await collecting.discover()).flatMap(event =>
        event.type === 'scope' ? [event.scope.id] : [],
      );
      expect(scopes).toEqual([
        '111122223333/eu-west-1',
        '444455556666/eu-west-1',
      ]);
      // The policy of the unit that the account is in takes the right to read every secret away.
      const run = await collecting.run(collecting.scope('444455556666'));
      expect(
        run.status('warehouse-sync', 'identity-cannot-read-every-secret'),
      ).toBe('pass');
    } finally {
      await collecting.close();
    }
  });

  it('are not freed by a policy of the organization if they manage it', async () => {
    const state = loadContosoAws();
    state.accounts[1].organization = {
      members: ['111122223333', '444455556666'],
      policies: [
        {
          name: 'p-no-secrets',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Deny', Action: 'secretsmanager:*', Resource: '*' },
            ],
          },
          targets: ['r-root'],
        },
      ],
      units: {},
    };
    const collecting = await Collecting.start({
      state,
      config: {
        ...CONTOSO_CONFIG,
        pipelinePosture: {
          aws: [
            {
              id: 'contoso',
              organization: { managementAccount: '444455556666' },
              regions: ['eu-west-1'],
            },
          ],
        },
      },
    });
    try {
      const run = await collecting.run(collecting.scope('444455556666'));
      expect(
        run.status('warehouse-sync', 'identity-cannot-read-every-secret'),
      ).toBe('fail');
    } finally {
      await collecting.close();
    }
  });

  it('are not taken for gone if the organization cannot be listed', async () => {
    const config = {
      ...CONTOSO_CONFIG,
      pipelinePosture: {
        aws: [
          {
            id: 'contoso',
            accounts: ['444455556666'],
            organization: { managementAccount: '111122223333' },
            regions: ['eu-west-1'],
          },
        ],
      },
    };
    const collecting = await Collecting.start({ config });
    try {
      const events = await collecting.discover();
      expect(events).toContainEqual({
        type: 'incomplete',
        sourceId: 'contoso',
      });
      expect(events).toContainEqual(
        expect.objectContaining({
          type: 'problem',
          problem: expect.objectContaining({
            reason: expect.objectContaining({
              permission: 'organizations:ListAccounts',
            }),
          }),
        }),
      );
      expect(events.filter(({ type }) => type === 'scope')).toHaveLength(1);
    } finally {
      await collecting.close();
    }
  });
});

describe('a rule that invokes a function', () => {
  it('brings the role of the function into the pipeline', async () => {
    const run = await readOne(
      shop(
        [
          {
            name: 'Production',
            beforeEntry: {
              conditions: [
                {
                  result: 'FAIL',
                  rules: [
                    {
                      name: 'Healthy',
                      ruleTypeId: {
                        category: 'Rule',
                        owner: 'AWS',
                        provider: 'LambdaInvoke',
                        version: '1',
                      },
                      configuration: { FunctionName: 'health' },
                    },
                  ],
                },
              ],
            },
            actions: [deploy()],
          },
        ],
        {
          roles: [
            {
              name: 'health',
              trust: trusting({ Service: 'lambda.amazonaws.com' }),
              managed: ['arn:aws:iam::aws:policy/AdministratorAccess'],
            },
          ],
          region: { functions: [{ name: 'health', role: shopRole('health') }] },
        },
      ),
    );
    const { identities } = run.snapshot('shop');
    expect(identities).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({ id: shopRole('health') }),
      ]),
    });
    expect(run.status('shop', 'identity-is-not-admin')).toBe('fail');
  });
});
