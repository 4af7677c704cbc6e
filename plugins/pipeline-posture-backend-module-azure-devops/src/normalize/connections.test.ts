import { serviceConnection } from '../client/wire';
import { credentialOf } from './credentials';
import { grantsOf, openTrustOf } from './grants';
import { principalId, purposesOf } from './connections';

const connection = (
  type: string,
  scheme: string,
  parameters: Record<string, string | null> = {},
  data: Record<string, string> = {},
  rest: object = {},
) =>
  serviceConnection.parse({
    id: 'ID',
    name: 'shop',
    type,
    authorization: { scheme, parameters },
    data,
    ...rest,
  });

describe('the credential of a service connection', () => {
  it.each([
    ['AzureRM', 'WorkloadIdentityFederation', {}, 'federated', false],
    ['azurerm', 'ManagedServiceIdentity', {}, 'managed-identity', false],
    [
      'azurerm',
      'ServicePrincipal',
      { authenticationType: 'spnKey' },
      'secret',
      true,
    ],
    ['azurerm', 'ServicePrincipal', {}, 'secret', true],
    [
      'azurerm',
      'ServicePrincipal',
      { authenticationType: 'spnCertificate' },
      'certificate',
      true,
    ],
    ['azurerm', 'PublishProfile', {}, 'password', true],
    ['Azure', 'Certificate', {}, 'certificate', true],
    ['aws', 'UsernamePassword', { useOIDC: 'true' }, 'federated', false],
    ['aws', 'UsernamePassword', { useOIDC: 'false' }, 'access-key', true],
    ['aws', 'UsernamePassword', {}, 'access-key', true],
    ['github', 'InstallationToken', {}, 'app-installation', false],
    ['github', 'OAuth', {}, 'token', true],
    ['kubernetes', 'kubernetes', {}, 'token', true],
    ['dockerregistry', 'UsernamePassword', {}, 'password', true],
    ['ssh', 'UsernamePassword', {}, 'ssh-key', true],
  ])(
    'of type %s with scheme %s %j is %s',
    (type, scheme, parameters, kind, longLived) => {
      expect(credentialOf(connection(type, scheme, parameters))).toMatchObject({
        known: true,
        value: { kind, longLived },
      });
    },
  );

  it.each([
    ['azurerm', 'SomethingNew'],
    ['externalnugetfeed', 'None'],
    ['azurerm', ''],
  ])(
    'of type %s with scheme "%s" is neither good nor bad, but unknown',
    (type, scheme) => {
      expect(credentialOf(connection(type, scheme))).toMatchObject({
        known: false,
        reason: { code: 'not-supported' },
      });
    },
  );

  it('offers federation for an Azure registry, and nothing where there is nothing', () => {
    const acr = connection('dockerregistry', 'UsernamePassword', {
      registry: 'https://shop.azurecr.io',
    });
    expect(credentialOf(acr)).toMatchObject({
      value: { alternative: 'workload identity federation' },
    });
    const hub = credentialOf(
      connection('dockerregistry', 'UsernamePassword', {
        registry: 'https://index.docker.io',
      }),
    );
    expect(hub.known && hub.value.alternative).toBeUndefined();
  });

  it('says when it was changed last', () => {
    const fact = credentialOf(
      connection(
        'azurerm',
        'ServicePrincipal',
        {},
        {},
        {
          creationDate: '2024-01-01T00:00:00Z',
          modificationDate: '2025-01-01T00:00:00Z',
        },
      ),
    );
    expect(fact).toMatchObject({
      value: { changedAt: '2025-01-01T00:00:00Z' },
    });
  });
});

describe('the rights behind a service connection', () => {
  const automatic = {
    scopeLevel: 'Subscription',
    creationMode: 'Automatic',
    subscriptionName: 'Shop',
  };
  it.each([
    [
      'a management group',
      { scopeLevel: 'ManagementGroup' },
      {},
      'administrator',
    ],
    ['a whole subscription', automatic, {}, 'wide'],
    [
      'a resource group',
      automatic,
      { scope: '/subscriptions/x/resourceGroups/shop' },
      'narrow',
    ],
    [
      'a workspace',
      { scopeLevel: 'AzureMLWorkspace', creationMode: 'Automatic' },
      {},
      'narrow',
    ],
  ])('on %s', (_, data, parameters, breadth) => {
    expect(
      grantsOf(
        connection(
          'azurerm',
          'ServicePrincipal',
          parameters,
          data as Record<string, string>,
        ),
      ),
    ).toMatchObject({ value: [{ breadth }] });
  });

  it.each([
    [
      'somebody else made the principal',
      'azurerm',
      { scopeLevel: 'Subscription', creationMode: 'Manual' },
    ],
    ['nothing says who made it', 'azurerm', { scopeLevel: 'Subscription' }],
    ['another service decides', 'kubernetes', {}],
  ])('are unknown when %s', (_, type, data) => {
    expect(
      grantsOf(
        connection(
          type,
          'ServicePrincipal',
          {},
          data as Record<string, string>,
        ),
      ).known,
    ).toBe(false);
  });
});

describe('who else can become the principal', () => {
  it('is whoever has a copy of its key', () => {
    const own = connection('azurerm', 'ServicePrincipal');
    expect(openTrustOf(own, credentialOf(own))).toMatchObject({
      value: [expect.stringContaining('copy')],
    });
  });

  it('is not known of a federation that Azure DevOps made, until Azure is asked: it may have been given more since', () => {
    const own = connection(
      'azurerm',
      'WorkloadIdentityFederation',
      {},
      { creationMode: 'Automatic' },
    );
    expect(openTrustOf(own, credentialOf(own))).toMatchObject({
      known: false,
      reason: { code: 'not-connected' },
    });
  });

  it('is not known for a federation that somebody else made', () => {
    const other = connection(
      'azurerm',
      'WorkloadIdentityFederation',
      {},
      { creationMode: 'Manual' },
    );
    expect(openTrustOf(other, credentialOf(other)).known).toBe(false);
  });
});

describe('the principal behind a connection', () => {
  it('is the same for two connections that share one', () => {
    const one = connection(
      'azurerm',
      'ServicePrincipal',
      { tenantid: 'T', serviceprincipalid: 'APP' },
      {},
      { id: '1' },
    );
    const two = connection(
      'AzureRM',
      'WorkloadIdentityFederation',
      { tenantId: 't', servicePrincipalId: 'app' },
      {},
      { id: '2' },
    );
    expect(principalId(one, 'contoso')).toBe(principalId(two, 'contoso'));
  });

  it('is the connection itself where no application is named', () => {
    expect(principalId(connection('aws', 'UsernamePassword'), 'Contoso')).toBe(
      'azure-devops:contoso/endpoint/id',
    );
  });

  it('deploys unless its type says otherwise', () => {
    expect(purposesOf(connection('azurerm', 'x'))).toEqual(['deploy']);
    expect(purposesOf(connection('GitHub', 'x'))).toEqual(['source']);
    expect(purposesOf(connection('dockerregistry', 'x'))).toEqual(['build']);
    expect(purposesOf(connection('something-new', 'x'))).toEqual(['deploy']);
  });
});
