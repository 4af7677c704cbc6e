import { ConfigReader } from '@backstage/config';
import { clientOptions } from '../client/azure/connection';
import { matchesAny, readAzureDevOpsConfig } from './AzureDevOpsConfig';

const TENANT = '9188040d-6c67-4c5b-b112-36a304b66da1';

const read = (...azureDevOps: object[]) =>
  readAzureDevOpsConfig(
    new ConfigReader({ pipelinePosture: { azureDevOps } } as never),
  );

describe('the configuration of Azure DevOps', () => {
  it('knows the other hosts of dev.azure.com', () => {
    const [config] = read({
      id: 'contoso',
      url: 'https://dev.azure.com/contoso/',
    });
    expect(config.organisation).toBe('contoso');
    expect(config.urls).toEqual({
      core: 'https://dev.azure.com/contoso',
      release: 'https://vsrm.dev.azure.com/contoso',
      graph: 'https://vssps.dev.azure.com/contoso',
      audit: 'https://auditservice.dev.azure.com/contoso',
      advancedSecurity: 'https://advsec.dev.azure.com/contoso',
    });
  });

  it('asks another host for everything unless told otherwise', () => {
    const [config] = read({
      id: 'own',
      url: 'https://devops.example.com/tfs/Main',
      areaUrls: { graph: 'https://graph.example.com/Main' },
    });
    expect(config.urls.release).toBe('https://devops.example.com/tfs/Main');
    expect(config.urls.graph).toBe('https://graph.example.com/Main');
    expect(config.organisation).toBe('Main');
  });

  it.each([
    [{ url: 'https://dev.azure.com/contoso' }, /azureDevOps\[0\]\.id/],
    [
      { id: 'x', url: 'dev.azure.com' },
      /azureDevOps\[0\]\.url: must be the address of an organisation/,
    ],
    [
      { id: 'x', url: 'https://dev.azure.com/a', project: {} },
      /azureDevOps\[0\]: there is no key 'project' here; did you mean 'projects'\? The keys are id, url,/,
    ],
    [
      { id: 'x', url: 'https://dev.azure.com/a', maxConcurrency: 0 },
      /azureDevOps\[0\]\.maxConcurrency/,
    ],
    [
      { id: 'x', url: 'https://dev.azure.com/a', projects: { include: [''] } },
      /azureDevOps\[0\]\.projects\.include\[0\]: must not be empty/,
    ],
    [
      {
        id: 'x',
        url: 'https://dev.azure.com/a',
        azureResourceManager: { tenantId: 'contoso.com' },
      },
      /azureDevOps\[0\]\.azureResourceManager\.tenantId: must be the id of a tenant/,
    ],
    [
      {
        id: 'x',
        url: 'https://dev.azure.com/a',
        azureResourceManager: { tenantId: TENANT, clientSecret: 's' },
      },
      /azureDevOps\[0\]\.azureResourceManager\.clientId: is needed beside clientSecret/,
    ],
    [
      {
        id: 'x',
        url: 'https://dev.azure.com/a',
        azureResourceManager: {
          tenantId: TENANT,
          endpoints: { graph: 'http://graph.example.com' },
        },
      },
      /azureResourceManager\.endpoints\.graph: must be an address with https/,
    ],
  ])('names the key that is wrong in %j', (entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });

  it('knows the addresses of Microsoft’s other clouds, and takes others as they are given', () => {
    const [{ azureResourceManager }] = read({
      id: 'x',
      url: 'https://dev.azure.com/a',
      azureResourceManager: {
        tenantId: TENANT,
        cloud: 'usGovernment',
        endpoints: { graph: 'https://graph.example.com/' },
      },
    });
    expect(azureResourceManager).toMatchObject({
      endpoints: {
        authority: 'https://login.microsoftonline.us',
        resourceManager: 'https://management.usgovcloudapi.net',
        graph: 'https://graph.example.com',
      },
      ownAuthority: false,
      maxAgeHours: 24,
    });
  });

  it('names the key of a file with certificates that cannot be read', () => {
    const [{ azureResourceManager }] = read({
      id: 'x',
      url: 'https://dev.azure.com/a',
      azureResourceManager: {
        tenantId: TENANT,
        endpoints: { certificateAuthorityFile: '/there/is/none.pem' },
      },
    });
    expect(azureResourceManager).toBeDefined();
    expect(
      () => azureResourceManager && clientOptions(azureResourceManager),
    ).toThrow(
      /endpoints\.certificateAuthorityFile: '\/there\/is\/none\.pem' cannot be read/,
    );
  });

  it('wants an id of its own for each source', () => {
    const same = { id: 'x', url: 'https://dev.azure.com/a' };
    expect(() => read(same, same)).toThrow(
      /azureDevOps\[1\]\.id: 'x' is used twice/,
    );
  });

  it('wants each organisation once', () => {
    expect(() =>
      read(
        { id: 'x', url: 'https://dev.azure.com/contoso' },
        { id: 'y', url: 'https://dev.azure.com/Contoso/' },
      ),
    ).toThrow(
      /azureDevOps\[1\]\.url: an organisation called 'Contoso' is read by the source 'x' already/,
    );
  });

  it('wants no two organisations of one name', () => {
    expect(() =>
      read(
        { id: 'x', url: 'https://dev.azure.com/Contoso' },
        { id: 'y', url: 'https://devops.example.com/tfs/contoso' },
      ),
    ).toThrow(/azureDevOps\[1\]\.url: an organisation called 'contoso'/);
  });

  it('takes no source as none', () => {
    expect(readAzureDevOpsConfig(new ConfigReader({}))).toEqual([]);
  });
});

describe('names with wildcards', () => {
  it.each([
    ['Payments', ['pay*'], true],
    ['Payments', ['*ments'], true],
    ['Payments', ['Pay'], false],
    ['a.b', ['a?b'], false],
  ])('%s by %j is %s', (name, patterns, expected) => {
    expect(matchesAny(name, patterns)).toBe(expected);
  });
});
