import {
  AccessAnalyzerClient,
  ListAnalyzersCommand,
  ListFindingsV2Command,
  ValidatePolicyCommand,
} from '@aws-sdk/client-accessanalyzer';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CodeDeployClient,
  GetDeploymentGroupCommand,
} from '@aws-sdk/client-codedeploy';
import {
  CodeStarConnectionsClient,
  ListConnectionsCommand,
} from '@aws-sdk/client-codestar-connections';
import {
  CodestarNotificationsClient,
  DescribeNotificationRuleCommand,
  ListNotificationRulesCommand,
} from '@aws-sdk/client-codestar-notifications';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import {
  DescribeKeyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
} from '@aws-sdk/client-kms';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  DescribePolicyCommand,
  ListPoliciesForTargetCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { AwsEstate, createAwsEstate } from './awsEstate';
import { emptyAccount } from './state/accountSchema';
import { userSchema } from './state/iamSchema';
import { regionSchema } from './state/regionSchema';

const ACCOUNT = '111122223333';
const local = (service: string, resource: string) =>
  `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`;

const account = {
  ...emptyAccount({ id: ACCOUNT }),
  organization: {
    members: Array.from({ length: 25 }, (_, i) => String(100000000000 + i)),
    policies: [
      { name: 'p-1', document: { Statement: [] }, targets: [ACCOUNT] },
    ],
    units: {},
  },
  regions: {
    'eu-west-1': regionSchema.parse({
      connections: [
        {
          arn: local('codestar-connections', 'connection/1'),
          name: 'git',
          providerType: 'GitHub',
        },
      ],
      eventRules: [
        {
          name: 'failed',
          pattern: { source: ['aws.codepipeline'] },
          targets: [{ id: 't', arn: local('sns', 'alerts') }],
        },
      ],
      topics: [{ name: 'alerts', confirmed: 2 }],
      notificationRules: [
        {
          id: 'n1',
          name: 'releases',
          resource: local('codepipeline', 'shop'),
          eventTypes: ['codepipeline-pipeline-pipeline-execution-failed'],
          targets: [{ address: local('sns', 'alerts') }],
        },
      ],
      trails: [{ name: 'all', validation: false }],
      keys: [{ id: 'k1', alias: 'alias/artifacts', rotation: false }],
      buckets: [
        {
          name: 'artifacts',
          versioning: 'Enabled',
          encryptionKey: 'k1',
          publicAccessBlock: true,
          policy: { Version: '2012-10-17', Statement: [] },
        },
        { name: 'plain' },
      ],
      images: [{ repository: 'shop', tagMutability: 'MUTABLE' }],
      analyzers: [
        {
          name: 'unused',
          type: 'ACCOUNT_UNUSED_ACCESS',
          findings: [
            { id: 'f1', resource: 'arn:aws:iam::111122223333:role/shop' },
          ],
        },
      ],
      deploymentGroups: [
        {
          application: 'shop',
          name: 'live',
          serviceRoleArn: 'arn:aws:iam::111122223333:role/deploy',
        },
      ],
      functions: [
        { name: 'check', role: 'arn:aws:iam::111122223333:role/check' },
      ],
      stateMachines: [
        { name: 'flow', roleArn: 'arn:aws:iam::111122223333:role/flow' },
      ],
    }),
  },
};
account.iam.users = [
  userSchema.parse({
    name: 'reader',
    keys: [{ id: 'TESTKEY', secret: 'test-secret' }],
  }),
];

describe('the other services of the local AWS', () => {
  let estate: AwsEstate;
  const config = () => ({
    endpoint: estate.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'TESTKEY', secretAccessKey: 'test-secret' },
    maxAttempts: 1,
  });
  beforeAll(async () => {
    estate = await createAwsEstate({ state: { accounts: [account] } });
  });
  afterAll(() => estate.close());

  it('EventBridge lists rules and their targets', async () => {
    const client = new EventBridgeClient(config());
    const { Rules } = await client.send(new ListRulesCommand({}));
    expect(JSON.parse(Rules?.[0].EventPattern ?? '')).toEqual({
      source: ['aws.codepipeline'],
    });
    const { Targets } = await client.send(
      new ListTargetsByRuleCommand({ Rule: 'failed' }),
    );
    expect(Targets?.[0].Arn).toBe(local('sns', 'alerts'));
  });

  it('SNS tells how many subscriptions a topic has', async () => {
    const client = new SNSClient(config());
    const { Attributes } = await client.send(
      new GetTopicAttributesCommand({ TopicArn: local('sns', 'alerts') }),
    );
    expect(Attributes?.SubscriptionsConfirmed).toBe('2');
    await expect(
      client.send(
        new GetTopicAttributesCommand({ TopicArn: local('sns', 'gone') }),
      ),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  it('notification rules are listed by id and described', async () => {
    const client = new CodestarNotificationsClient(config());
    const { NotificationRules } = await client.send(
      new ListNotificationRulesCommand({}),
    );
    const rule = await client.send(
      new DescribeNotificationRuleCommand({ Arn: NotificationRules?.[0].Arn }),
    );
    expect(rule).toMatchObject({
      Status: 'ENABLED',
      Resource: local('codepipeline', 'shop'),
    });
  });

  it('CloudTrail describes trails', async () => {
    const client = new CloudTrailClient(config());
    const { trailList } = await client.send(new DescribeTrailsCommand({}));
    const [trail] = trailList ?? [];
    expect(trail).toMatchObject({
      IsMultiRegionTrail: true,
      LogFileValidationEnabled: false,
    });
    expect(
      (await client.send(new GetTrailStatusCommand({ Name: trail.TrailARN })))
        .IsLogging,
    ).toBe(true);
    const { EventSelectors } = await client.send(
      new GetEventSelectorsCommand({ TrailName: trail.TrailARN }),
    );
    expect(EventSelectors?.[0]).toMatchObject({
      ReadWriteType: 'All',
      IncludeManagementEvents: true,
    });
  });

  it('S3 tells the settings of a bucket, and what is not set', async () => {
    const client = new S3Client({ ...config(), forcePathStyle: true });
    const Bucket = 'artifacts';
    expect(
      (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status,
    ).toBe('Enabled');
    const { PublicAccessBlockConfiguration } = await client.send(
      new GetPublicAccessBlockCommand({ Bucket }),
    );
    expect(PublicAccessBlockConfiguration).toMatchObject({
      BlockPublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(
      (await client.send(new GetBucketPolicyStatusCommand({ Bucket })))
        .PolicyStatus?.IsPublic,
    ).toBe(false);
    expect(
      JSON.parse(
        (await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy ??
          '',
      ),
    ).toHaveProperty('Statement');
    const { ServerSideEncryptionConfiguration } = await client.send(
      new GetBucketEncryptionCommand({ Bucket }),
    );
    expect(
      ServerSideEncryptionConfiguration?.Rules?.[0]
        .ApplyServerSideEncryptionByDefault,
    ).toMatchObject({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'k1' });
    await expect(
      client.send(new GetBucketPolicyCommand({ Bucket: 'plain' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucketPolicy' });
    await expect(
      client.send(new GetPublicAccessBlockCommand({ Bucket: 'plain' })),
    ).rejects.toMatchObject({ name: 'NoSuchPublicAccessBlockConfiguration' });
    await expect(
      client.send(new GetBucketVersioningCommand({ Bucket: 'gone' })),
    ).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('KMS knows keys by id, ARN and alias', async () => {
    const client = new KMSClient(config());
    for (const KeyId of ['k1', 'alias/artifacts', local('kms', 'key/k1')]) {
      const { KeyMetadata } = await client.send(
        new DescribeKeyCommand({ KeyId }),
      );
      expect(KeyMetadata).toMatchObject({
        KeyId: 'k1',
        KeyManager: 'CUSTOMER',
      });
    }
    expect(
      (await client.send(new GetKeyRotationStatusCommand({ KeyId: 'k1' })))
        .KeyRotationEnabled,
    ).toBe(false);
  });

  it('Access Analyzer lists analyzers and findings and validates a policy', async () => {
    const client = new AccessAnalyzerClient(config());
    const { analyzers } = await client.send(new ListAnalyzersCommand({}));
    expect(analyzers?.[0].createdAt).toBeInstanceOf(Date);
    const { findings } = await client.send(
      new ListFindingsV2Command({
        analyzerArn: analyzers?.[0].arn,
        filter: { status: { eq: ['ACTIVE'] } },
      }),
    );
    expect(findings?.[0]).toMatchObject({
      findingType: 'UnusedPermission',
      resource: 'arn:aws:iam::111122223333:role/shop',
    });
    const policyDocument = JSON.stringify({
      Statement: { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' },
    });
    const validated = await client.send(
      new ValidatePolicyCommand({
        policyDocument,
        policyType: 'IDENTITY_POLICY',
      }),
    );
    expect(validated.findings?.[0].issueCode).toBe(
      'PASS_ROLE_WITH_STAR_IN_RESOURCE',
    );
  });

  it('Organizations pages through accounts and shows their policies', async () => {
    const client = new OrganizationsClient(config());
    let count = 0;
    for await (const page of paginateListAccounts({ client }, {}))
      count += page.Accounts?.length ?? 0;
    expect(count).toBe(25);
    const { Policies } = await client.send(
      new ListPoliciesForTargetCommand({
        TargetId: ACCOUNT,
        Filter: 'SERVICE_CONTROL_POLICY',
      }),
    );
    const { Policy } = await client.send(
      new DescribePolicyCommand({ PolicyId: Policies?.[0].Id }),
    );
    expect(JSON.parse(Policy?.Content ?? '')).toEqual({ Statement: [] });
  });

  it('tells which role stands behind a deployment group, a function and a state machine', async () => {
    const group = await new CodeDeployClient(config()).send(
      new GetDeploymentGroupCommand({
        applicationName: 'shop',
        deploymentGroupName: 'live',
      }),
    );
    expect(group.deploymentGroupInfo?.serviceRoleArn).toContain('role/deploy');
    const lambda = await new LambdaClient(config()).send(
      new GetFunctionConfigurationCommand({ FunctionName: 'check' }),
    );
    expect(lambda.Role).toContain('role/check');
    const machine = await new SFNClient(config()).send(
      new DescribeStateMachineCommand({
        stateMachineArn: local('states', 'stateMachine:flow'),
      }),
    );
    expect(machine.roleArn).toContain('role/flow');
  });

  it('lists connections, tagged pipelines and image repositories', async () => {
    const { Connections } = await new CodeStarConnectionsClient(config()).send(
      new ListConnectionsCommand({}),
    );
    expect(Connections?.[0].ProviderType).toBe('GitHub');
    const { ResourceTagMappingList } = await new ResourceGroupsTaggingAPIClient(
      config(),
    ).send(new GetResourcesCommand({}));
    expect(ResourceTagMappingList).toEqual([]);
    const { repositories } = await new ECRClient(config()).send(
      new DescribeRepositoriesCommand({ repositoryNames: ['shop'] }),
    );
    expect(repositories?.[0].imageTagMutability).toBe('MUTABLE');
  });
});
