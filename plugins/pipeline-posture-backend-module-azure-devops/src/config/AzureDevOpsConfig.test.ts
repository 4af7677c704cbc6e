import { ConfigReader } from '@backstage/config';
import { matchesAny, readAzureDevOpsConfig } from './AzureDevOpsConfig';

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
      /azureDevOps\[0\].*project/,
    ],
    [
      { id: 'x', url: 'https://dev.azure.com/a', maxConcurrency: 0 },
      /azureDevOps\[0\]\.maxConcurrency/,
    ],
    [
      { id: 'x', url: 'https://dev.azure.com/a', projects: { include: [''] } },
      /azureDevOps\[0\]\.projects\.include\[0\]: must not be empty/,
    ],
  ])('names the key that is wrong in %j', (entry, message) => {
    expect(() => read(entry)).toThrow(message);
  });

  it('wants an id of its own for each source', () => {
    const same = { id: 'x', url: 'https://dev.azure.com/a' };
    expect(() => read(same, same)).toThrow(
      /azureDevOps\[1\]\.id: 'x' is used twice/,
    );
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
