import fc from 'fast-check';
import {
  AwsAccount,
  loadContosoAws,
  policySchema,
  regionSchema,
  roleSchema,
} from 'pipeline-posture-estate';
import { Collecting, CONTOSO_CONFIG } from './__testUtils__/collecting';
import { readDefinition } from './client/readDefinition';
import { readProject } from './client/readProject';

// The first test of a file loads the clients of a dozen services.
const COMMERCE = '111122223333';
const where = {
  arn: `arn:aws:codepipeline:eu-west-1:${COMMERCE}:x`,
  url: 'https://example.com',
  region: 'eu-west-1',
};
const SECRET = 'AKIAIOSFODNN7EXAMPLE';

/** Text as it comes: empty, long, Unicode, templates, JSON that is none. */
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '{',
    '[{"name":1}]',
    '#{variables.X}',
    '__proto__',
    'constructor',
    '\u202e',
    'é'.repeat(2000),
  ),
);
const configuration = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      'ProjectName',
      'EnvironmentVariables',
      'RoleArn',
      'StackName',
      'RepositoryName',
      'UserParameters',
    ),
    text,
  ),
  text,
  { maxKeys: 4 },
);
const some = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });
const action = fc.record({
  name: some(text),
  actionTypeId: some(
    fc.record({
      category: fc.constantFrom(
        'Source',
        'Build',
        'Test',
        'Deploy',
        'Approval',
        'Invoke',
        'Compute',
        'Future',
      ),
      owner: fc.constantFrom('AWS', 'ThirdParty', 'Custom'),
      provider: fc.constantFrom(
        'CodeBuild',
        'CodeCommit',
        'GitHub',
        'S3',
        'CloudFormation',
        'Unheard',
      ),
      version: text,
    }),
  ),
  runOrder: some(fc.integer()),
  configuration: some(configuration),
  commands: some(fc.array(text, { maxLength: 3 })),
  roleArn: some(text),
});
const pipeline = fc.record({
  name: some(text),
  roleArn: some(text),
  stages: some(
    fc.array(
      fc.record({
        name: some(text),
        actions: some(fc.array(action, { maxLength: 3 })),
      }),
      { maxLength: 3 },
    ),
  ),
  variables: some(
    fc.array(fc.record({ name: some(text), defaultValue: some(text) }), {
      maxLength: 2,
    }),
  ),
});

describe('what AWS might answer', () => {
  it('never breaks the reading of a definition', () => {
    fc.assert(
      fc.property(pipeline, value => {
        const read = readDefinition(value as never, where);
        expect(JSON.parse(JSON.stringify(read))).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('never brings a secret out of a definition, wherever it stands', () => {
    const place = fc.constantFrom<(secret: string) => object>(
      secret => ({ configuration: { AnyKey: secret } }),
      secret => ({
        configuration: {
          EnvironmentVariables: JSON.stringify([{ name: 'X', value: secret }]),
        },
      }),
      secret => ({
        configuration: { EnvironmentVariables: `not json ${secret}` },
      }),
      secret => ({
        configuration: {
          ParameterOverrides: JSON.stringify({ deep: { er: [secret] } }),
        },
      }),
      secret => ({ configuration: { UserParameters: secret } }),
      secret => ({
        configuration: { BuildspecOverride: `version: 0.2\n# ${secret}` },
      }),
      secret => ({ configuration: { OAuthToken: secret } }),
      secret => ({ commands: [`deploy ${secret}`] }),
      secret => ({ environmentVariables: [{ name: 'X', value: secret }] }),
    );
    fc.assert(
      fc.property(place, part => {
        const definition = {
          name: 'x',
          roleArn: 'r',
          stages: [{ name: 's', actions: [{ name: 'a', ...part(SECRET) }] }],
        };
        const read = readDefinition(definition as never, where);
        expect(JSON.stringify(read)).not.toContain(SECRET);
      }),
    );
    const variables = readDefinition(
      {
        name: 'x',
        roleArn: 'r',
        stages: [],
        variables: [{ name: 'T', defaultValue: SECRET }],
      },
      where,
    );
    expect(JSON.stringify(variables)).not.toContain(SECRET);
    expect(variables.leaks).toHaveLength(1);
  });

  it('never brings a secret out of a build project', () => {
    const project = readProject(
      {
        name: 'p',
        source: {
          type: 'GITHUB',
          location: `https://user:${SECRET}@github.com/contoso/shop`,
          buildspec: `version: 0.2\n# ${SECRET}`,
        },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'i',
          computeType: 'BUILD_GENERAL1_SMALL',
          environmentVariables: [
            { name: 'K', value: SECRET },
            { name: 'NAME', value: SECRET, type: 'PARAMETER_STORE' },
          ],
        },
      },
      'https://example.com',
    );
    expect(JSON.stringify(project)).not.toContain(SECRET);
    expect(project.leaks.map(({ where: at }) => at)).toEqual([
      'variable K of build project p',
      'source address of build project p',
      'buildspec of build project p',
    ]);
  });
});

describe('an account full of trouble', () => {
  let collecting: Collecting;
  afterEach(() => collecting.close());

  it('is read all the same, and what cannot be understood is unknown with its reason', async () => {
    const state = loadContosoAws();
    const { iam, regions } = state.accounts[0];
    iam.policies.push(
      policySchema.parse({ name: 'broken', document: '{"Version":' }),
    );
    iam.roles.push(
      roleSchema.parse({
        name: 'bröken-✂',
        trust: 'no trust',
        inline: { a: '[]', b: '{"Version":"2099-01-01","Statement":[]}' },
      }),
    );
    const build = iam.roles.find(({ name }) => name === 'orders-api-build');
    build?.managed.push('broken');
    const missing = regions['eu-west-1'].pipelines.find(
      item => item.pipeline.name === 'recommendations',
    );
    if (missing)
      missing.pipeline.roleArn = `arn:aws:iam::${COMMERCE}:role/deleted`;
    collecting = await Collecting.start({ state });
    const run = await collecting.run(collecting.scope(COMMERCE));
    expect(run.snapshots).toHaveLength(3);
    const orders = run.findings('orders-api')['identity-is-not-admin'];
    expect(orders).toMatchObject({
      status: 'unknown',
      instances: expect.arrayContaining([
        expect.objectContaining({
          reason: expect.objectContaining({
            code: 'malformed',
            message: expect.stringContaining('broken'),
          }),
        }),
      ]),
    });
    const recommendations =
      run.findings('recommendations')['identity-is-not-admin'];
    expect(recommendations).toMatchObject({
      status: 'unknown',
      instances: expect.arrayContaining([
        expect.objectContaining({
          reason: expect.objectContaining({ code: 'not-found' }),
        }),
      ]),
    });
  });

  it.each(['aws-cn', 'aws-us-gov'] as const)(
    'works in the partition %s',
    async partition => {
      const region = partition === 'aws-cn' ? 'cn-north-1' : 'us-gov-west-1';
      const accounts = loadContosoAws().accounts.map((original): AwsAccount => {
        const moved: AwsAccount = JSON.parse(
          JSON.stringify(original)
            .replaceAll('arn:aws:', `arn:${partition}:`)
            .replaceAll('eu-west-1', region),
        );
        return {
          ...moved,
          partition,
          iam: {
            ...moved.iam,
            roles: moved.iam.roles.map(role => roleSchema.parse(role)),
            policies: moved.iam.policies.map(item => policySchema.parse(item)),
            users: original.iam.users,
          },
          regions: moved.regions[region]
            ? { [region]: regionSchema.parse(moved.regions[region]) }
            : {},
        };
      });
      const ids = accounts.map(({ id }) => id);
      collecting = await Collecting.start({
        state: { accounts },
        config: {
          pipelinePosture: {
            aws: [{ id: 'contoso', accounts: ids, regions: [region] }],
          },
          aws: {
            mainAccount: { ...CONTOSO_CONFIG.aws.mainAccount, region },
            accountDefaults: {
              ...CONTOSO_CONFIG.aws.accountDefaults,
              partition,
              region,
            },
          },
        },
      });
      const run = await collecting.run(collecting.scope(COMMERCE, region));
      expect(run.status('orders-api', 'identity-is-not-admin')).toBe('pass');
      expect(run.status('orders-api', 'requester-cannot-approve')).toBe('pass');
      expect(run.status('orders-api', 'source-branch-requires-review')).toBe(
        'pass',
      );
      expect(run.snapshot('orders-api').url).toContain(
        partition === 'aws-cn'
          ? 'console.amazonaws.cn'
          : 'console.amazonaws-us-gov.com',
      );
    },
  );
});
