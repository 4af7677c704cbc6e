import {
  BatchGetProjectsCommand,
  ListSourceCredentialsCommand,
} from '@aws-sdk/client-codebuild';
import {
  GetApprovalRuleTemplateCommand,
  ListAssociatedApprovalRuleTemplatesForRepositoryCommand,
} from '@aws-sdk/client-codecommit';
import {
  GetPipelineCommand,
  GetPipelineStateCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  ListTagsForResourceCommand,
  ListWebhooksCommand,
  paginateListPipelines,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-codepipeline';
import {
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetCredentialReportCommand,
  paginateGetAccountAuthorizationDetails,
  RoleDetail,
} from '@aws-sdk/client-iam';
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { Behaviour, CallLog } from '../engine';
import { AwsEstate, createAwsEstate } from './awsEstate';
import { CONTOSO_AWS_ACCESS_KEY, loadContosoAws } from './contoso';
import { testClients } from './__testUtils__/clients';

const READER = (account: string) =>
  `arn:aws:iam::${account}:role/PipelinePostureReader`;

describe('the local AWS, spoken to by the real SDK clients', () => {
  let estate: AwsEstate;
  const behaviour = new Behaviour();
  const calls = new CallLog();
  const main = () =>
    testClients({ endpoint: estate.url, credentials: CONTOSO_AWS_ACCESS_KEY });

  async function enter(account: string, externalId = 'contoso-posture') {
    const { Credentials } = await main().sts.send(
      new AssumeRoleCommand({
        RoleArn: READER(account),
        RoleSessionName: 'backstage',
        ExternalId: externalId,
      }),
    );
    return testClients({
      endpoint: estate.url,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      },
    });
  }

  beforeAll(async () => {
    estate = await createAwsEstate({
      state: loadContosoAws(),
      behaviour,
      calls,
      pageLimits: {
        'codepipeline:ListPipelines': 2,
        'iam:GetAccountAuthorizationDetails': 3,
      },
    });
  });
  afterAll(() => estate.close());
  afterEach(() => behaviour.clearFaults());

  describe('authentication', () => {
    it('refuses an access key that it does not know', async () => {
      const clients = testClients({ endpoint: estate.url });
      await expect(
        clients.codepipeline.send(new ListPipelinesCommand({})),
      ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
      await expect(
        clients.sts.send(new GetCallerIdentityCommand({})),
      ).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    });

    it('refuses a known access key with another secret', async () => {
      const clients = testClients({
        endpoint: estate.url,
        credentials: { ...CONTOSO_AWS_ACCESS_KEY, secretAccessKey: 'wrong' },
      });
      await expect(
        clients.codepipeline.send(new ListPipelinesCommand({})),
      ).rejects.toMatchObject({ name: 'InvalidSignatureException' });
      await expect(
        clients.iam.send(new GenerateCredentialReportCommand({})),
      ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    });

    it('tells the caller who they are', async () => {
      const identity = await main().sts.send(new GetCallerIdentityCommand({}));
      expect(identity).toMatchObject({
        Account: '111122223333',
        Arn: 'arn:aws:iam::111122223333:user/pipeline-posture',
      });
    });

    it('lets a role be assumed only by whom its trust policy names, with the ExternalId', async () => {
      const { sts } = await enter('444455556666');
      const identity = await sts.send(new GetCallerIdentityCommand({}));
      expect(identity.Account).toBe('444455556666');
      await expect(enter('444455556666', 'other')).rejects.toMatchObject({
        name: 'AccessDenied',
        message: expect.stringContaining('sts:AssumeRole'),
      });
      await expect(enter('999900001111')).rejects.toMatchObject({
        name: 'AccessDenied',
      });
    });

    it('keeps accounts apart', async () => {
      const commerce = await enter('111122223333');
      const logistics = await enter('444455556666');
      await expect(
        logistics.codepipeline.send(
          new GetPipelineCommand({ name: 'orders-api' }),
        ),
      ).rejects.toMatchObject({ name: 'PipelineNotFoundException' });
      const found = await commerce.codepipeline.send(
        new GetPipelineCommand({ name: 'orders-api' }),
      );
      expect(found.metadata?.pipelineArn).toBe(
        'arn:aws:codepipeline:eu-west-1:111122223333:orders-api',
      );
    });

    it('refuses a session that has ended', async () => {
      const { codepipeline, iam } = await enter('111122223333');
      estate.expireSessions();
      await expect(
        codepipeline.send(new ListPipelinesCommand({})),
      ).rejects.toMatchObject({ name: 'ExpiredTokenException' });
      await expect(
        iam.send(new GenerateCredentialReportCommand({})),
      ).rejects.toMatchObject({ name: 'ExpiredToken' });
    });
  });

  describe('operations', () => {
    it('lists pipelines in short pages with dates', async () => {
      const { codepipeline } = await enter('111122223333');
      const pages = [];
      for await (const page of paginateListPipelines(
        { client: codepipeline },
        {},
      )) {
        pages.push(page.pipelines ?? []);
      }
      expect(pages.map(page => page.length)).toEqual([2, 1]);
      expect(
        pages
          .flat()
          .map(({ name }) => name)
          .sort(),
      ).toEqual(['orders-api', 'payments-infra', 'recommendations']);
      expect(pages[0][0].updated).toBeInstanceOf(Date);
    });

    it('refuses a page token of another list', async () => {
      const { codepipeline } = await enter('111122223333');
      await expect(
        codepipeline.send(new ListPipelinesCommand({ nextToken: 'nonsense' })),
      ).rejects.toMatchObject({ name: 'InvalidNextTokenException' });
    });

    it('shows a pipeline with its metadata, state, tags, webhooks and runs', async () => {
      const { codepipeline } = await enter('444455556666');
      const commerce = await enter('111122223333');
      const { pipeline } = await codepipeline.send(
        new GetPipelineCommand({ name: 'shipment-tracker' }),
      );
      expect(pipeline?.stages?.[0].actions?.[0].configuration?.OAuthToken).toBe(
        '****',
      );
      const { stageStates } = await codepipeline.send(
        new GetPipelineStateCommand({ name: 'shipment-tracker' }),
      );
      expect(stageStates?.[0].inboundTransitionState?.enabled).toBe(true);
      const { webhooks } = await codepipeline.send(new ListWebhooksCommand({}));
      expect(
        webhooks?.map(({ definition }) => definition?.authentication).sort(),
      ).toEqual(['GITHUB_HMAC', 'UNAUTHENTICATED']);
      const { tags } = await codepipeline.send(
        new ListTagsForResourceCommand({
          resourceArn:
            'arn:aws:codepipeline:eu-west-1:444455556666:shipment-tracker',
        }),
      );
      expect(tags).toEqual([{ key: 'application', value: 'shipment-tracker' }]);
      const runs = await commerce.codepipeline.send(
        new ListPipelineExecutionsCommand({ pipelineName: 'orders-api' }),
      );
      expect(runs.pipelineExecutionSummaries?.[0].startTime).toEqual(
        new Date('2026-11-19T09:40:00Z'),
      );
    });

    it('gives build projects by name and names those that do not exist', async () => {
      const { codebuild } = await enter('444455556666');
      const found = await codebuild.send(
        new BatchGetProjectsCommand({
          names: ['shipment-tracker-build', 'gone'],
        }),
      );
      expect(found.projects?.[0].environment?.privilegedMode).toBe(true);
      expect(found.projectsNotFound).toEqual(['gone']);
      const tokens = await codebuild.send(new ListSourceCredentialsCommand({}));
      expect(tokens.sourceCredentialsInfos?.[0].authType).toBe(
        'PERSONAL_ACCESS_TOKEN',
      );
    });

    it('gives authorization details in short pages, documents URL-encoded', async () => {
      const { iam } = await enter('444455556666');
      const roles: RoleDetail[] = [];
      const policies: string[] = [];
      for await (const page of paginateGetAccountAuthorizationDetails(
        { client: iam },
        {},
      )) {
        roles.push(...(page.RoleDetailList ?? []));
        policies.push(...(page.Policies ?? []).map(({ Arn }) => Arn ?? ''));
      }
      const tracker = roles.find(
        ({ RoleName }) => RoleName === 'shipment-tracker',
      );
      expect(tracker?.AssumeRolePolicyDocument).toMatch(/^%7B%22/);
      expect(
        JSON.parse(decodeURIComponent(tracker?.AssumeRolePolicyDocument ?? '')),
      ).toHaveProperty('Statement');
      expect(tracker?.RoleLastUsed?.LastUsedDate).toBeInstanceOf(Date);
      expect(policies).toContain('arn:aws:iam::aws:policy/AdministratorAccess');
      expect(policies).not.toContain('arn:aws:iam::aws:policy/IAMFullAccess');
    });

    it('makes a credential report on request', async () => {
      const { iam } = await enter('444455556666');
      await expect(
        iam.send(new GetCredentialReportCommand({})),
      ).rejects.toMatchObject({
        name: 'CredentialReportNotPresentException',
      });
      expect(
        (await iam.send(new GenerateCredentialReportCommand({}))).State,
      ).toBe('STARTED');
      expect(
        (await iam.send(new GenerateCredentialReportCommand({}))).State,
      ).toBe('COMPLETE');
      const { Content } = await iam.send(new GetCredentialReportCommand({}));
      expect(Buffer.from(Content ?? []).toString()).toContain(
        'shipment-release-bot,arn:aws:iam::444455556666:user/shipment-release-bot',
      );
    });

    it('gives the approval rule templates of a CodeCommit repository', async () => {
      const { codecommit } = await enter('111122223333');
      const { approvalRuleTemplateNames } = await codecommit.send(
        new ListAssociatedApprovalRuleTemplatesForRepositoryCommand({
          repositoryName: 'orders-api',
        }),
      );
      expect(approvalRuleTemplateNames).toEqual(['two-reviewers']);
      const { approvalRuleTemplate } = await codecommit.send(
        new GetApprovalRuleTemplateCommand({
          approvalRuleTemplateName: 'two-reviewers',
        }),
      );
      expect(
        JSON.parse(approvalRuleTemplate?.approvalRuleTemplateContent ?? ''),
      ).toMatchObject({ Version: '2018-11-08' });
    });

    it('answers an operation that it does not have with a service error', async () => {
      const { codepipeline, iam } = await enter('111122223333');
      await expect(
        codepipeline.send(
          new StartPipelineExecutionCommand({ name: 'orders-api' }),
        ),
      ).rejects.toMatchObject({ name: 'UnknownOperationException' });
      await expect(
        iam.send(new CreateUserCommand({ UserName: 'x' })),
      ).rejects.toMatchObject({ name: 'InvalidAction' });
    });
  });

  describe('faults', () => {
    it.each([
      ['deny', 'AccessDeniedException'],
      ['throttle', 'ThrottlingException'],
      ['not-found', 'PipelineNotFoundException'],
      ['server-error', 'InternalFailure'],
      ['html', 'SyntaxError'],
      ['cut-short', 'SyntaxError'],
    ] as const)('%s reaches the JSON client as %s', async (kind, name) => {
      const { codepipeline } = await enter('111122223333');
      behaviour.addFault({ match: { operation: 'codepipeline:*' }, kind });
      await expect(
        codepipeline.send(new GetPipelineCommand({ name: 'orders-api' })),
      ).rejects.toMatchObject({ name });
    });

    it.each([
      ['deny', 'AccessDenied'],
      ['throttle', 'Throttling'],
    ] as const)('%s reaches the query client as %s', async (kind, name) => {
      const { iam } = await enter('111122223333');
      behaviour.addFault({ match: { operation: 'iam:*' }, kind });
      await expect(
        iam.send(new GenerateCredentialReportCommand({})),
      ).rejects.toMatchObject({ name });
    });

    it('can be meant for one resource', async () => {
      const { codepipeline } = await enter('111122223333');
      behaviour.addFault({
        match: { bodyIncludes: '"recommendations"' },
        kind: 'hang-up',
      });
      await expect(
        codepipeline.send(new GetPipelineCommand({ name: 'recommendations' })),
      ).rejects.toThrow();
      await codepipeline.send(new GetPipelineCommand({ name: 'orders-api' }));
    });
  });

  it('counts the calls of each operation', async () => {
    calls.reset();
    await main().sts.send(new GetCallerIdentityCommand({}));
    expect(calls.byOperation()).toEqual({ 'sts:GetCallerIdentity': 1 });
  });
});

describe('the permissions of the reader', () => {
  it('are refused per operation and account as declared', async () => {
    const state = loadContosoAws();
    state.accounts[0].denied = ['codepipeline:GetPipelineState', 'iam:*'];
    state.accounts[0].iam.users[0].keys = [
      {
        id: 'TESTKEY',
        secret: 'test-secret',
        active: true,
        rotated: new Date(),
      },
    ];
    const estate = await createAwsEstate({ state });
    const { codepipeline, iam } = testClients({ endpoint: estate.url });
    try {
      await codepipeline.send(new GetPipelineCommand({ name: 'orders-api' }));
      await expect(
        codepipeline.send(new GetPipelineStateCommand({ name: 'orders-api' })),
      ).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining('codepipeline:GetPipelineState'),
      });
      await expect(
        iam.send(new GenerateCredentialReportCommand({})),
      ).rejects.toMatchObject({ name: 'AccessDenied' });
    } finally {
      await estate.close();
    }
  });
});
