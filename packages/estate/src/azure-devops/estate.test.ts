import {
  getBearerHandler,
  getPersonalAccessTokenHandler,
  WebApi,
} from 'azure-devops-node-api';
import { groupId } from '../azure/directory';
import { AzureDevOpsEstate, createAzureDevOpsEstate } from './estate';
import { CONTOSO_AZURE_TOKEN, loadContosoAzure } from './contoso';
import { AzureOrganisation } from './state';

const basic = (token: string) => ({
  authorization: `Basic ${Buffer.from(`:${token}`).toString('base64')}`,
});

describe('the local Azure DevOps', () => {
  let estate: AzureDevOpsEstate;
  let state: AzureOrganisation;
  let api: WebApi;

  beforeEach(async () => {
    state = loadContosoAzure();
    state.tokens.push(
      { token: 'late', kind: 'pat', status: 'expired', refusals: [] },
      { token: 'entra', kind: 'bearer', status: 'active', refusals: [] },
    );
    estate = await createAzureDevOpsEstate({ state });
    api = new WebApi(
      estate.urls.core,
      getPersonalAccessTokenHandler(CONTOSO_AZURE_TOKEN, true),
    );
  });
  afterEach(() => estate.close());

  const get = (
    path: string,
    headers: Record<string, string> = basic(CONTOSO_AZURE_TOKEN),
  ) => fetch(`${estate.urls.core}/${path}`, { headers, redirect: 'manual' });

  it('lets the real client find its way and list projects', async () => {
    const core = await api.getCoreApi();
    const projects = await core.getProjects();
    expect(projects.map(each => each.name)).toEqual([
      'Logistics',
      'Payments',
      'Platform',
      'Storefront',
    ]);
  });

  it('gives whole definitions in bulk to the real client', async () => {
    const build = await api.getBuildApi();
    const definitions = await build.getDefinitions(
      'Payments',
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      true,
    );
    expect(definitions.map(each => each.name)).toEqual([
      'payments-deploy',
      'payments-ci',
      'ledger-deploy',
      'card-vault-build',
    ]);
    const [first] = definitions as Array<{
      process?: { yamlFilename?: string };
    }>;
    expect(first.process?.yamlFilename).toBe('/azure-pipelines.yml');
  });

  it('keeps releases on a host of their own, shallow in the list and whole one by one', async () => {
    const release = await api.getReleaseApi();
    const [listed] = await release.getReleaseDefinitions(
      'Payments',
      undefined,
      2 as never,
    );
    expect(listed.environments?.[0].deployPhases).toBeUndefined();
    const whole = await release.getReleaseDefinition('Payments', 11);
    expect(
      whole.environments?.[1].preDeployApprovals?.approvals?.[0].isAutomated,
    ).toBe(true);
    expect(estate.calls.count('release.definitions.get')).toBe(1);
  });

  it('answers the other typed clients', async () => {
    const endpoints = await (
      await api.getServiceEndpointApi()
    ).getServiceEndpoints('Payments');
    expect(
      endpoints[0].authorization?.parameters?.serviceprincipalkey,
    ).toBeNull();
    const tasks = await api.getTaskAgentApi();
    expect(
      (await tasks.getEnvironments('Payments')).map(each => each.name),
    ).toContain('ledger-production');
    expect(
      (await tasks.getVariableGroups('Payments'))[0].variables
        ?.PAYMENT_PROVIDER_KEY.isSecret,
    ).toBe(true);
    expect(
      (await tasks.getAgentQueues('Payments')).map(each => each.pool?.isHosted),
    ).toEqual([true, false, false]);
    const git = await api.getGitApi();
    expect(
      (await git.getRepositories('Payments')).map(each => each.defaultBranch),
    ).toContain('refs/heads/main');
    const policies = await (
      await api.getPolicyApi()
    ).getPolicyConfigurations('Payments');
    expect(policies[0].settings.creatorVoteCounts).toBe(true);
  });

  it('sends the files of a repository as a real zip archive', async () => {
    const git = await api.getGitApi();
    const found = await git.getItemsBatch(
      {
        itemDescriptors: [
          { path: '/azure-pipelines.yml', version: 'main', versionType: 0 },
        ],
      },
      'payments-api',
      'Payments',
    );
    const id = found[0][0].objectId ?? '';
    const stream = await git.getBlobsZip([id], 'payments-api', 'Payments');
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).subarray(0, 4).toString('latin1')).toBe(
      'PK\u0003\u0004',
    );
  });

  it('hands out pages with a token for the next one', async () => {
    const first = await get(
      'Payments/_apis/build/definitions?$top=3&api-version=7.1',
    );
    const token = first.headers.get('x-ms-continuationtoken');
    expect(token).toBeTruthy();
    const second = await get(
      `Payments/_apis/build/definitions?$top=3&continuationToken=${token}&api-version=7.1`,
    );
    expect(((await second.json()) as { count: number }).count).toBe(1);
    expect(second.headers.get('x-ms-continuationtoken')).toBeNull();
  });

  it('tells the settings of checks only to those who ask', async () => {
    const ask = async (query: string) => {
      const answer = await fetch(
        `${estate.urls.core}/Payments/_apis/pipelines/checks/queryconfigurations?${query}api-version=7.1-preview.1`,
        {
          method: 'POST',
          headers: {
            ...basic(CONTOSO_AZURE_TOKEN),
            'content-type': 'application/json',
          },
          body: JSON.stringify([{ type: 'environment', id: '34' }]),
        },
      );
      return ((await answer.json()) as { value: Array<{ settings?: object }> })
        .value[0].settings;
    };
    expect(await ask('')).toBeUndefined();
    expect(await ask('$expand=settings&')).toMatchObject({
      requesterCannotBeApprover: true,
    });
  });

  it('refuses versions as the real service does', async () => {
    const preview = await get(
      'Payments/_apis/build/authorizedresources?api-version=7.1',
    );
    expect(preview.status).toBe(400);
    expect(await preview.json()).toMatchObject({
      typeKey: 'VssInvalidPreviewVersionException',
    });
    const future = await get('_apis/projects?api-version=99.0');
    expect(await future.json()).toMatchObject({
      typeKey: 'VssVersionOutOfRangeException',
    });
  });

  it('shows the sign-in page on 203 for a token that it does not know', async () => {
    const answer = await get('_apis/projects', basic('nonsense'));
    expect(answer.status).toBe(203);
    expect(await answer.text()).toContain('Sign In');
  });

  it('refuses an expired token with 401 and sends anonymous callers to sign in', async () => {
    expect((await get('_apis/projects', basic('late'))).status).toBe(401);
    expect((await get('_apis/projects', {})).status).toBe(302);
  });

  it('accepts an Entra token', async () => {
    const entra = new WebApi(estate.urls.core, getBearerHandler('entra', true));
    const projects = await (await entra.getCoreApi()).getProjects();
    expect(projects).toHaveLength(4);
  });

  it('refuses what is declared to be refused, and only that', async () => {
    const query = (project: string) =>
      fetch(
        `${estate.urls.core}/${project}/_apis/pipelines/checks/queryconfigurations?api-version=7.1-preview.1`,
        {
          method: 'POST',
          headers: basic(CONTOSO_AZURE_TOKEN),
          body: '[]',
        },
      );
    expect((await query('Logistics')).status).toBe(403);
    expect((await query('Payments')).status).toBe(200);
  });

  it('says which project does not exist', async () => {
    const answer = await get('Nowhere/_apis/build/definitions');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      typeKey: 'ProjectDoesNotExistWithNameException',
    });
  });

  it('asks for a pause on an answer that succeeds', async () => {
    estate.behaviour.addFault({
      match: { operation: 'core.projects.list' },
      kind: 'slow-down',
      retryAfterSeconds: 7,
    });
    const answer = await get('_apis/projects');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
  });

  it('works out what permissions come to along the hierarchy', async () => {
    const answer = await get(
      '_apis/accesscontrollists/33344d9c-fc72-4d6f-aba5-fa317101a7e9?includeExtendedInfo=true&recurse=true&api-version=7.1',
    );
    const { value } = (await answer.json()) as {
      value: Array<{
        token: string;
        acesDictionary: Record<
          string,
          {
            deny: number;
            extendedInfo: { effectiveAllow: number; effectiveDeny: number };
          }
        >;
      }>;
    };
    const own = value.find(each => each.token.endsWith('/103'));
    const [entry] = Object.values(own?.acesDictionary ?? {});
    expect(entry.deny).toBe(2048 + 4096 + 32768);
    expect(entry.extendedInfo.effectiveAllow % 4096 >= 2048).toBe(false);
    expect(entry.extendedInfo.effectiveAllow % 256 >= 128).toBe(true);
  });

  it('names groups of Microsoft Entra by their object id, in lists and by their descriptor', async () => {
    const ask = async (path: string) =>
      (
        await fetch(
          `${estate.urls.graph}/_apis/graph/groups${path}?api-version=7.1-preview.1`,
          { headers: basic(CONTOSO_AZURE_TOKEN) },
        )
      ).json();
    const { value } = (await ask('')) as {
      value: Array<{ descriptor: string; displayName: string }>;
    };
    const listed = value.find(each => each.displayName === 'Org Admins (PIM)');
    expect(listed).toMatchObject({
      origin: 'aad',
      originId: groupId('Org Admins (PIM)'),
      descriptor: expect.stringMatching(/^aadgp\./),
    });
    expect(await ask(`/${listed?.descriptor}`)).toMatchObject({ ...listed });
    expect(await ask('/aadgp.none')).toMatchObject({
      typeKey: 'GraphSubjectNotFoundException',
    });
  });
});
