import { ConfigReader } from '@backstage/config';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  AzureDevOpsEstate,
  CONTOSO_AZURE_TOKEN,
  createAzureDevOpsEstate,
  loadContosoAzure,
} from 'pipeline-posture-estate';
import { Organisations } from '../client/Organisations';
import { readAzureDevOpsConfig } from '../config/AzureDevOpsConfig';
import { AzureReposSourceHost } from './AzureReposSourceHost';
import { repositoryAt } from './repositoryAddress';

const { signal } = new AbortController();

describe('Azure Repos as a source host for other pipelines', () => {
  let estate: AzureDevOpsEstate;
  let host: AzureReposSourceHost;

  beforeEach(async () => {
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
    const { core, release, graph, audit } = estate.urls;
    const config = new ConfigReader({
      integrations: {
        azure: [
          {
            host: new URL(core).host,
            credentials: [{ personalAccessToken: CONTOSO_AZURE_TOKEN }],
          },
        ],
      },
      pipelinePosture: {
        azureDevOps: [
          { id: 'contoso', url: core, areaUrls: { release, graph, audit } },
        ],
      },
    });
    host = AzureReposSourceHost.create({
      organisations: Organisations.create({
        configs: readAzureDevOpsConfig(config),
        credentials: DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
          ScmIntegrations.fromConfig(config),
        ),
      }),
    });
  });
  afterEach(() => estate.close());

  const address = (project: string, repository: string) =>
    `${estate.urls.core}/${project}/_git/${repository}`;

  it('knows repositories of the configured organisations, and no others', () => {
    expect(host.handles(address('Payments', 'payments-ledger'))).toBe(true);
    expect(host.handles('https://dev.azure.com/fabrikam/a/_git/b')).toBe(false);
    expect(host.handles('https://github.com/contoso/shop')).toBe(false);
    expect(host.handles('not an address')).toBe(false);
  });

  it('tells what protects a branch, who may go around it, and that the project is private', async () => {
    const rules = await host.read(
      {
        url: address('Payments', 'payments-ledger'),
        branch: 'main',
        pipelineFile: 'azure-pipelines.yml',
      },
      { signal },
    );
    expect(rules.protection).toMatchObject({
      value: { minimumReviewers: 2, pipelineFileHasRequiredReviewers: true },
    });
    expect(rules.isPublic).toMatchObject({ known: true, value: false });
    expect(rules.bypassers.known).toBe(true);
    const open = await host.read(
      { url: address('Payments', 'card-vault'), branch: 'main' },
      { signal },
    );
    expect(open.protection).toMatchObject({ value: { minimumReviewers: 0 } });
    expect(open.bypassers).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({ broad: true, kind: 'group' }),
      ]),
    });
  });

  it('reads a file, and tells one that is not there from a repository that is hidden', async () => {
    const file = (repository: string, path: string) =>
      host.readFile(
        { url: address('Payments', repository), branch: 'main', path },
        { signal },
      );
    expect(await file('payments-ledger', 'azure-pipelines.yml')).toMatchObject({
      value: expect.stringContaining('secure-deploy.yml'),
    });
    expect(await file('payments-ledger', 'none.yml')).toMatchObject({
      known: true,
      value: null,
    });
    expect(await file('nowhere', 'none.yml')).toMatchObject({ known: false });
  });

  it('says why nothing is known of a project that is not seen, or of policies that are refused', async () => {
    const nowhere = await host.read(
      { url: address('Nowhere', 'a'), branch: 'main' },
      { signal },
    );
    expect(nowhere.protection).toMatchObject({ reason: { code: 'not-found' } });
    estate.behaviour.addFault({
      match: { operation: 'policy.configurations.list' },
      kind: 'deny',
    });
    const refused = await host.read(
      { url: address('Payments', 'payments-ledger'), branch: 'main' },
      { signal },
    );
    expect(refused.protection).toMatchObject({
      reason: { code: 'permission-missing' },
    });
    expect(refused.bypassers.known).toBe(true);
  });
});

describe('the address of a repository', () => {
  const contoso = {
    organisation: 'contoso',
    url: 'https://dev.azure.com/contoso',
  };

  it.each([
    'https://dev.azure.com/contoso/Web%20Shop/_git/cart',
    'https://DEV.azure.com/Contoso/Web%20Shop/_git/cart/',
    'https://someone@dev.azure.com/contoso/Web%20Shop/_git/cart?path=/a.yml',
    'https://contoso.visualstudio.com/Web%20Shop/_git/cart',
    'https://contoso.visualstudio.com/DefaultCollection/Web%20Shop/_git/cart',
    'git@ssh.dev.azure.com:v3/contoso/Web%20Shop/cart',
    'ssh://git@ssh.dev.azure.com/v3/contoso/Web%20Shop/cart',
    'contoso@vs-ssh.visualstudio.com:v3/contoso/Web%20Shop/cart',
  ])('is understood in the form %s', url => {
    expect(repositoryAt(url, contoso)).toEqual({
      project: 'Web Shop',
      repository: 'cart',
    });
  });

  it('may leave out a project that is called like the repository', () => {
    expect(
      repositoryAt('https://dev.azure.com/contoso/_git/cart', contoso),
    ).toEqual({ project: 'cart', repository: 'cart' });
  });

  it('is understood below the address of a server of one’s own', () => {
    expect(
      repositoryAt('https://devops.example.com/tfs/Main/Shop/_git/cart', {
        organisation: 'Main',
        url: 'https://devops.example.com/tfs/Main',
      }),
    ).toEqual({ project: 'Shop', repository: 'cart' });
  });

  it.each([
    'https://dev.azure.com/fabrikam/Shop/_git/cart',
    'https://dev.azure.com.example.com/contoso/Shop/_git/cart',
    'https://fabrikam.visualstudio.com/Shop/_git/cart',
    'https://contoso.visualstudio.com.example.com/Shop/_git/cart',
    'git@ssh.dev.azure.com:v3/fabrikam/Shop/cart',
    'git@example.com:v3/contoso/Shop/cart',
    'https://dev.azure.com/contoso/Shop/_build',
    'file:///contoso/Shop/_git/cart',
    '',
  ])('of somebody else is not taken for ours: %s', url => {
    expect(repositoryAt(url, contoso)).toBeUndefined();
  });
});
