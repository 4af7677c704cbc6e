import { SourceHosts } from 'backstage-plugin-pipeline-posture-node';
import { mockServices } from '@backstage/backend-test-utils';
import { emptyAccount, loadContosoAws } from 'pipeline-posture-estate';
import { Collecting, CONTOSO_CONFIG } from './__testUtils__/collecting';
import { AwsPipelineProvider } from './AwsPipelineProvider';

// The first test of a file loads the clients of a dozen services.
const COMMERCE = '111122223333';

describe('AwsPipelineProvider', () => {
  let collecting: Collecting;
  const start = async (
    options: Parameters<typeof Collecting.start>[0] = {},
  ) => {
    collecting = await Collecting.start(options);
    return collecting;
  };
  afterEach(() => collecting.close());

  it('reads only what has changed when it runs again', async () => {
    const { calls, scope, run } = bound(await start());
    await run(scope(COMMERCE));
    calls.reset();
    const again = await run(scope(COMMERCE));
    expect(again.snapshots).toHaveLength(3);
    expect(calls.count('codepipeline:GetPipeline')).toBe(0);
    expect(calls.count('iam:GetAccountAuthorizationDetails')).toBe(0);
  });

  it('reads one pipeline anew on request, and knows what it shares with the others', async () => {
    const { calls, scope, run } = bound(await start());
    await run(scope(COMMERCE));
    calls.reset();
    const one = await run(scope(COMMERCE), 'orders-api');
    expect(one.snapshots.map(({ name }) => name)).toEqual(['orders-api']);
    expect(calls.count('codepipeline:GetPipeline')).toBe(1);
    expect(calls.count('iam:GetAccountAuthorizationDetails')).toBe(1);
    expect(one.status('orders-api', 'identity-serves-one-pipeline')).toBe(
      'pass',
    );
  });

  it('enters an account once for all its clients', async () => {
    const { calls, scope, run } = bound(await start());
    await run(scope('444455556666'));
    expect(calls.count('sts:AssumeRole')).toBe(1);
  });

  it('tells how its calls ended, to those who count them', async () => {
    const { behaviour, scope, run } = bound(await start());
    const outcomes: string[] = [];
    collecting.provider.observeCalls(outcome => outcomes.push(outcome));
    behaviour.addFault({
      match: { operation: 'events:ListRules' },
      kind: 'deny',
    });
    behaviour.addFault({
      match: { operation: 'codebuild:BatchGetProjects' },
      kind: 'throttle',
    });
    await run(scope(COMMERCE));
    expect(outcomes.filter(each => each === 'refused')).toHaveLength(1);
    expect(outcomes).toContain('throttled');
    expect(outcomes).toContain('answered');
  });

  it('follows short pages', async () => {
    const { scope, run } = bound(
      await start({
        pageLimits: {
          'codepipeline:ListPipelines': 1,
          'iam:GetAccountAuthorizationDetails': 2,
        },
      }),
    );
    const { snapshots, status } = await run(scope(COMMERCE));
    expect(snapshots).toHaveLength(3);
    expect(status('orders-api', 'identity-is-not-admin')).toBe('pass');
  });

  describe('when AWS refuses', () => {
    it('IAM, the rights are unknown with the action to grant, and the rest is read', async () => {
      const { behaviour, scope, run } = bound(await start());
      behaviour.addFault({
        match: { operation: 'iam:GetAccountAuthorizationDetails' },
        kind: 'deny',
      });
      const { findings, status, problems } = await run(scope(COMMERCE));
      expect(findings('orders-api')['identity-is-not-admin']).toMatchObject({
        status: 'unknown',
        actor: 'cloud-administrator',
        instances: expect.arrayContaining([
          expect.objectContaining({
            reason: expect.objectContaining({
              code: 'permission-missing',
              permission: 'iam:GetAccountAuthorizationDetails',
            }),
          }),
        ]),
      });
      expect(status('orders-api', 'requester-cannot-approve')).toBe('unknown');
      expect(status('orders-api', 'production-needs-approval')).toBe('pass');
      expect(problems).toContainEqual(
        expect.stringContaining('iam:GetAccountAuthorizationDetails'),
      );
    });

    it.each([
      [
        'codebuild:BatchGetProjects',
        'build-cannot-use-the-deploy-identity',
        'no-plaintext-secret',
      ],
      [
        'codecommit:ListAssociatedApprovalRuleTemplatesForRepository',
        'source-branch-requires-review',
        'author-cannot-approve-own-change',
      ],
      [
        'codepipeline:ListWebhooks',
        'inputs-are-constrained',
        'inputs-are-constrained',
      ],
    ])(
      '%s, what depends on it is unknown and never a pass',
      async (operation, ...controls) => {
        const { behaviour, scope, run } = bound(await start());
        behaviour.addFault({ match: { operation }, kind: 'deny' });
        const { findings } = await run(scope(COMMERCE));
        for (const control of controls) {
          const [worst] = findings('orders-api')[control].instances;
          expect(worst).toMatchObject({
            status: 'unknown',
            reason: { permission: operation },
          });
        }
      },
    );

    it('one pipeline, it is listed with nothing known, and the others are read', async () => {
      const { behaviour, scope, run } = bound(await start());
      behaviour.addFault({
        match: {
          operation: 'codepipeline:GetPipeline',
          bodyIncludes: '"recommendations"',
        },
        kind: 'deny',
      });
      const { snapshots, findings, status } = await run(scope(COMMERCE));
      expect(snapshots).toHaveLength(3);
      const statuses = Object.values(findings('recommendations')).map(
        f => f.status,
      );
      expect(new Set(statuses)).toEqual(new Set(['unknown']));
      // Whether it shares a role with the one that was not read cannot be said.
      expect(status('orders-api', 'identity-serves-one-pipeline')).toBe(
        'unknown',
      );
      expect(status('orders-api', 'production-needs-approval')).toBe('pass');
    });

    it('an account, the error says what to create there', async () => {
      const state = loadContosoAws();
      state.accounts[1].iam.roles = [];
      const { scope, run, discover } = bound(await start({ state }));
      await expect(run(scope('444455556666'))).rejects.toThrow(
        /Account 444455556666 cannot be entered.*trust policy.*external id/s,
      );
      expect((await run(scope(COMMERCE))).snapshots).toHaveLength(3);
      expect(await discover()).toContainEqual(
        expect.objectContaining({
          type: 'problem',
          problem: expect.objectContaining({
            subject: 'account 444455556666',
            reason: expect.objectContaining({ permission: 'sts:AssumeRole' }),
          }),
        }),
      );
    });

    it('does not read one account with the credentials of another', async () => {
      const { scope, run } = bound(
        await start({
          config: {
            ...CONTOSO_CONFIG,
            aws: {
              accounts: [
                {
                  accountId: '444455556666',
                  ...CONTOSO_CONFIG.aws.mainAccount,
                },
              ],
            },
          },
        }),
      );
      await expect(run(scope('444455556666'))).rejects.toThrow(
        /belong to account 111122223333/,
      );
    });
  });

  describe('when AWS gives no proper answer', () => {
    it('a pipeline that is deleted between list and get is gone, not a problem', async () => {
      const { behaviour, scope, run } = bound(await start());
      behaviour.addFault({
        match: {
          operation: 'codepipeline:GetPipeline',
          bodyIncludes: '"recommendations"',
        },
        kind: 'not-found',
      });
      const { snapshots, problems } = await run(scope(COMMERCE));
      expect(snapshots.map(({ name }) => name).sort()).toEqual([
        'orders-api',
        'payments-infra',
      ]);
      expect(problems).toEqual([]);
    });

    it.each([
      'html',
      'cut-short',
      'hang-up',
      'server-error',
      'throttle',
    ] as const)(
      '%s instead of the roles makes them unknown and stops nothing',
      async kind => {
        const { behaviour, scope, run } = bound(await start());
        behaviour.addFault({ match: { operation: 'iam:*' }, kind });
        const { snapshots, findings } = await run(scope(COMMERCE));
        expect(snapshots).toHaveLength(3);
        expect(findings('orders-api')['identity-is-not-admin']).toMatchObject({
          status: 'unknown',
          instances: expect.arrayContaining([
            expect.objectContaining({
              reason: expect.objectContaining({
                code: kind === 'throttle' ? 'throttled' : 'source-unreachable',
              }),
            }),
          ]),
        });
      },
    );

    it('a list that breaks off is read so far, and what is not seen is not taken for gone', async () => {
      const { behaviour, scope, run } = bound(
        await start({ pageLimits: { 'codepipeline:ListPipelines': 2 } }),
      );
      behaviour.addFault({
        match: { operation: 'codepipeline:ListPipelines' },
        after: 1,
        kind: 'cut-short',
      });
      const { snapshots, events, status } = await run(scope(COMMERCE));
      expect(snapshots).toHaveLength(2);
      expect(events).toContainEqual({ type: 'incomplete' });
      expect(status('orders-api', 'identity-serves-one-pipeline')).toBe(
        'unknown',
      );
    });

    it('a list that cannot be read at all is an error that says what is missing', async () => {
      const { behaviour, scope, run } = bound(await start());
      behaviour.addFault({
        match: { operation: 'codepipeline:ListPipelines' },
        kind: 'deny',
      });
      await expect(run(scope(COMMERCE))).rejects.toThrow(
        /allow codepipeline:ListPipelines/,
      );
    });

    it('a throttled call is tried again', async () => {
      const { behaviour, scope, run } = bound(await start({ maxAttempts: 3 }));
      behaviour.addFault({
        match: { operation: 'codepipeline:GetPipeline' },
        times: 1,
        kind: 'throttle',
      });
      const { snapshots, problems } = await run(scope(COMMERCE));
      expect(snapshots).toHaveLength(3);
      expect(problems).toEqual([]);
    });

    it('a dead endpoint is an error of the run', async () => {
      const { scope, run, estate } = bound(await start());
      await estate.close();
      await expect(run(scope(COMMERCE))).rejects.toThrow(
        /cannot be entered|gave no answer/,
      );
      collecting = await Collecting.start();
    });
  });

  it('an account without pipelines is an empty scope', async () => {
    const state = loadContosoAws();
    state.accounts[1].regions = {};
    const { scope, run } = bound(await start({ state }));
    expect((await run(scope('444455556666'))).snapshots).toEqual([]);
    expect(emptyAccount().regions).toEqual({});
  });
});

/** The methods of a collecting, bound to it. */
function bound(collecting: Collecting) {
  const { behaviour, calls, estate } = collecting;
  return {
    behaviour,
    calls,
    estate,
    scope: collecting.scope.bind(collecting),
    run: collecting.run.bind(collecting),
    discover: collecting.discover.bind(collecting),
  };
}

describe('pipelinePosture.aws', () => {
  const read = (aws: unknown) =>
    AwsPipelineProvider.fromConfig(
      mockServices.rootConfig({ data: { pipelinePosture: { aws } } as never }),
      { sourceHosts: SourceHosts.create({ hosts: [] }) },
    );
  const valid = {
    id: 'main',
    accounts: ['111122223333'],
    regions: ['eu-west-1'],
  };

  it('is optional', () => {
    expect(read(undefined).sources).toEqual([]);
  });

  it('lists each entry as a source', () => {
    expect(read([valid]).sources).toEqual([
      { id: 'main', title: 'AWS main', maxScopesAtOnce: 4 },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'an account id without quotes',
      [{ ...valid, accounts: [111122223333] }],
      /pipelinePosture\.aws\[0\]\.accounts\[0\]: must be an account id of 12 digits, in quotes/,
    ],
    [
      'an account id that is too short',
      [{ ...valid, accounts: ['1'] }],
      /accounts\[0\]: must be an account id of 12 digits/,
    ],
    [
      'no regions',
      [{ ...valid, regions: [] }],
      /regions: must name at least one region/,
    ],
    [
      'a region that is no list',
      [{ ...valid, regions: 'eu-west-1' }],
      /regions: must be a list of regions, such as \[eu-west-1\]/,
    ],
    [
      'an account in two entries',
      [valid, { ...valid, id: 'other', regions: ['eu-north-1', 'eu-west-1'] }],
      /aws\[1\]\.accounts: \d{12} is read in eu-west-1 by the entry 'main' already/,
    ],
    [
      'something that is no region',
      [{ ...valid, regions: ['ireland'] }],
      /regions\[0\]: must be a region/,
    ],
    [
      'a key that does not exist',
      [{ ...valid, acounts: [] }],
      /pipelinePosture\.aws\[0\]: there is no key 'acounts' here; did you mean 'accounts'\? The keys are id, accounts,/,
    ],
    ['an id twice', [valid, valid], /the id 'main' is used twice/],
    ['an object instead of a list', valid, /pipelinePosture\.aws: /],
  ])('names the place of %s', (_what, value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});
