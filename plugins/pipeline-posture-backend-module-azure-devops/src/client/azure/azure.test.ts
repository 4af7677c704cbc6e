import { Fact, Identity } from 'backstage-plugin-pipeline-posture-common';
import {
  AzureDevOpsEstate,
  AzureEstate,
  AzureTenant,
  createAzureDevOpsEstate,
  createAzureEstate,
  listen,
  loadContosoAzure,
  loadContosoTenant,
  localhostCertificate,
} from 'pipeline-posture-estate';
import { azureSource } from '../../__testUtils__/azure';
import {
  collect,
  Collected,
  providerFor,
} from '../../__testUtils__/collecting';

describe('what Azure says of the identities of service connections', () => {
  let devops: AzureDevOpsEstate;
  let azure: AzureEstate;
  let tenant: AzureTenant;
  let devopsState: ReturnType<typeof loadContosoAzure>;

  beforeEach(async () => {
    tenant = loadContosoTenant();
    devopsState = loadContosoAzure();
    devops = await createAzureDevOpsEstate({ state: devopsState });
    // Small pages, so that every list is read over several of them.
    azure = await createAzureEstate({ tenant, pageSize: 3 });
  });
  afterEach(() => Promise.all([devops.close(), azure.close()]));

  const run = (project: string, own: Record<string, unknown> = {}) =>
    collect(providerFor(devops, azureSource(azure, own)), project);

  const identityOf = (
    { snapshots }: Collected,
    pipeline: string,
    name: string,
  ): Identity => {
    const identities = snapshots.get(pipeline)?.identities;
    const found = identities?.known
      ? identities.value.find(each => each.name === name)
      : undefined;
    if (!found) throw new Error(`${pipeline} has no identity ${name}`);
    return found;
  };
  const grantsOf = (fact: Identity) =>
    fact.grants.known
      ? fact.grants.value.map(({ breadth, risk, title }) =>
          [breadth, risk, title].filter(Boolean).join(': '),
        )
      : `unknown: ${fact.grants.reason.code}: ${fact.grants.reason.permission}`;

  it('is the roles that they really hold, on subscriptions, groups of resources and above', async () => {
    const payments = await run('Payments');
    expect(
      grantsOf(identityOf(payments, 'payments-deploy', 'prod-arm')),
    ).toEqual([
      'wide: whole-service: Contributor on subscription Contoso Commerce Production',
    ]);
    expect(
      grantsOf(identityOf(payments, 'ledger-deploy', 'ledger-production')),
    ).toEqual([
      'narrow: Website Contributor on resource group ledger-production of subscription Contoso Commerce Production',
      'narrow: Key Vault Secrets User on ledger-production-kv in resource group ledger-production of subscription Contoso Commerce Production',
    ]);
    expect(
      grantsOf(identityOf(payments, 'card-vault-release', 'card-vault-azure')),
    ).toEqual(['administrator: Contributor on management group contoso-root']);
    const storefront = await run('Storefront');
    expect(
      grantsOf(identityOf(storefront, 'storefront-web', 'storefront-prod')),
    ).toEqual([
      'wide: whole-service: Contributor on subscription Contoso Storefront',
      'wide: escalation: User Access Administrator on subscription Contoso Storefront',
      'wide: whole-service: User Access Administrator on subscription Contoso Storefront',
    ]);
  });

  it('holds what they have as members of a group', async () => {
    const search = identityOf(
      await run('Storefront'),
      'search-api',
      'search-dev',
    );
    expect(grantsOf(search)).toEqual([
      'narrow: Contributor on resource group search-dev of subscription Contoso Storefront Staging',
    ]);
    expect(search.grants).toMatchObject({
      value: [{ origin: expect.stringContaining('of the group') }],
    });
  });

  it('decodes wildcards of custom roles, and data actions', async () => {
    const platform = await run('Platform');
    expect(
      grantsOf(
        identityOf(platform, 'nightly-maintenance', 'maintenance-azure'),
      ),
    ).toEqual([
      expect.stringContaining('whole-service: Contributor'),
      expect.stringContaining('read-every-secret: Contoso Secret Reader'),
      expect.stringContaining('whole-service: Contoso Secret Reader'),
    ]);
  });

  it('tells what ends by itself, and leaves out what is only eligible', async () => {
    const [, , storefront] = tenant.subscriptions;
    storefront.roleAssignments = [
      {
        principal: 'storefront-deploy',
        role: 'Owner',
        until: '2026-11-22T08:00:00Z',
        eligible: false,
      },
      { principal: 'storefront-deploy', role: 'Contributor', eligible: true },
    ];
    const { grants } = identityOf(
      await run('Storefront'),
      'storefront-web',
      'storefront-prod',
    );
    expect(grants).toMatchObject({
      value: [{ breadth: 'administrator', until: '2026-11-22T08:00:00.000Z' }],
      evidence: [
        { observed: expect.stringContaining('1 that are only eligible') },
      ],
    });
  });

  it('takes every assignment for standing where there is no Privileged Identity Management', async () => {
    tenant.hasPimLicence = false;
    const payments = await run('Payments');
    expect(payments.problems).toEqual([]);
    expect(
      identityOf(payments, 'payments-deploy', 'prod-arm').grants,
    ).toMatchObject({ known: true });
  });

  it('dates secrets by the oldest that still works, and finds those that federation left behind', async () => {
    const storefront = await run('Storefront');
    const credential: Fact<unknown> = identityOf(
      storefront,
      'storefront-web',
      'storefront-prod',
    ).credential;
    expect(credential).toMatchObject({
      value: {
        changedAt: '2025-02-01T08:00:00Z',
        expiresAt: '2027-02-01T08:00:00Z',
      },
    });
    expect(
      identityOf(
        storefront,
        'storefront-release',
        'storefront-release-production',
      ).openTrust,
    ).toMatchObject({
      value: [expect.stringContaining('1 secrets or certificates')],
    });
  });

  it('keeps unknown only what a refused subscription decides, with the missing role', async () => {
    const logistics = await run('Logistics');
    const production = identityOf(
      logistics,
      'logistics-shared-deploy',
      'logistics-production',
    );
    expect(grantsOf(production)).toBe(
      'unknown: permission-missing: Reader on the subscription',
    );
    expect(production.grants).toMatchObject({
      reason: {
        action: expect.stringContaining('subscription Contoso Logistics'),
      },
    });
    expect(logistics.problems.map(({ subject }) => subject)).toContain(
      'subscription Contoso Logistics',
    );
    const payments = await run('Payments');
    expect(
      identityOf(payments, 'ledger-deploy', 'ledger-production').grants.known,
    ).toBe(true);
  });

  it('keeps unknown what Microsoft Graph decides if it refuses, with the missing permission', async () => {
    tenant.clients[0].graphPermissions = [];
    const payments = await run('Payments');
    expect(
      grantsOf(identityOf(payments, 'payments-deploy', 'prod-arm')),
    ).toMatch(/^unknown: permission-missing: Application\.Read\.All/);
    expect(payments.snapshots.size).toBe(5);
    // Azure DevOps itself still tells when the connection was changed.
    expect(
      identityOf(payments, 'payments-deploy', 'prod-arm').credential,
    ).toMatchObject({ value: { changedAt: '2024-02-01T08:00:00Z' } });
  });

  it('does not take groups for none that nobody could ask for, nor subscriptions that failed in passing', async () => {
    const [connection] = devopsState.projects.flatMap(each =>
      each.serviceConnections.filter(
        ({ name }) => name === 'ledger-production',
      ),
    );
    connection.data.spnObjectId = '7d2f0001-0000-4000-8000-00000000b001';
    tenant.clients[0].graphPermissions = [];
    const refused = identityOf(
      await run('Payments'),
      'ledger-deploy',
      'ledger-production',
    );
    expect(grantsOf(refused)).toMatch(/Application\.Read\.All/);
    tenant.clients[0].graphPermissions = ['Application.Read.All'];
    azure.behaviour.addFault({
      match: {
        source: 'azure',
        operation: 'arm.roleAssignments',
        urlIncludes: tenant.subscriptions[6].id,
      },
      kind: 'html',
    });
    const broken = identityOf(
      await run('Payments'),
      'ledger-deploy',
      'ledger-production',
    );
    expect(grantsOf(broken)).toMatch(/^unknown: malformed/);
  });

  it('says that the secret of the reader is wrong, and not what it is', async () => {
    const payments = await run('Payments', {
      clientSecret: 'wrong-but-private',
    });
    const { grants } = identityOf(payments, 'payments-deploy', 'prod-arm');
    expect(grants).toMatchObject({
      reason: {
        code: 'permission-missing',
        message: expect.stringContaining('AADSTS7000215'),
      },
    });
    expect(
      JSON.stringify([...payments.snapshots, payments.problems]),
    ).not.toContain('wrong-but-private');
  });

  it('says how to connect where it is not connected', async () => {
    const payments = await collect(providerFor(devops), 'Payments');
    const vault = payments.snapshots.get('card-vault-release');
    expect(JSON.stringify(vault?.identities)).toContain(
      '"breadth":"administrator"',
    );
    expect(azure.calls.count()).toBe(0);
  });

  it('reads each subscription once for all projects, and again when that is too old', async () => {
    const provider = providerFor(devops, azureSource(azure));
    await collect(provider, 'Payments');
    const first = azure.calls.count('arm.roleDefinitions');
    expect(first).toBeGreaterThan(0);
    await collect(provider, 'Storefront');
    await collect(provider, 'Payments');
    expect(azure.calls.count('arm.roleDefinitions')).toBe(first);
  });

  it.each([
    ['a server error', 'server-error', /^unknown: source-unreachable/],
    ['a page for people', 'html', /^unknown: malformed/],
    ['an answer that is cut short', 'cut-short', /^unknown: malformed/],
    ['a closed connection', 'hang-up', /^unknown: source-unreachable/],
  ] as const)('keeps unknown what %s hides', async (_, kind, expected) => {
    azure.behaviour.addFault({
      match: {
        source: 'azure',
        operation: 'arm.roleAssignments',
        urlIncludes: tenant.subscriptions[0].id,
      },
      kind,
    });
    const payments = await run('Payments');
    expect(
      grantsOf(identityOf(payments, 'payments-deploy', 'prod-arm')),
    ).toMatch(expected);
  });

  it('does not take an answer without a list for one that is empty', async () => {
    azure.behaviour.addFault({
      match: { source: 'azure', operation: 'arm.roleAssignments' },
      kind: 'answer',
      answer: { status: 200, body: '{}' },
    });
    const payments = await run('Payments');
    expect(
      grantsOf(identityOf(payments, 'ledger-deploy', 'ledger-production')),
    ).toMatch(/^unknown: malformed/);
  });

  it('never sends the token to the host that a page names', async () => {
    let stolen: string | undefined;
    const thief = await listen(
      (request, response) => {
        stolen = request.headers.authorization ?? 'asked';
        response.end('{"value":[]}');
      },
      0,
      localhostCertificate(),
    );
    azure.behaviour.addFault({
      match: { source: 'azure', operation: 'arm.roleAssignments' },
      kind: 'answer',
      answer: {
        status: 200,
        body: JSON.stringify({
          value: [],
          nextLink: `${thief.url}/next`,
        }),
      },
    });
    const payments = await run('Payments');
    expect(
      grantsOf(identityOf(payments, 'payments-deploy', 'prod-arm')),
    ).toMatch(/^unknown: malformed/);
    expect(stolen).toBeUndefined();
    await thief.close();
  });

  it('waits as long as Azure asks for', async () => {
    azure.behaviour.addFault({
      match: { source: 'azure', operation: 'graph.servicePrincipals' },
      kind: 'throttle',
      retryAfterSeconds: 1,
      times: 1,
    });
    const started = Date.now();
    const payments = await run('Payments');
    expect(Date.now() - started).toBeGreaterThan(900);
    expect(
      identityOf(payments, 'payments-deploy', 'prod-arm').grants.known,
    ).toBe(true);
  });
});
