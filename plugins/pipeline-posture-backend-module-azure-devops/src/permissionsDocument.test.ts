import {
  AzureDevOpsEstate,
  createAzureDevOpsEstate,
  createAzureEstate,
  loadContosoAzure,
  loadContosoTenant,
} from 'pipeline-posture-estate';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { azureSource } from './__testUtils__/azure';
import { collect, providerFor } from './__testUtils__/collecting';
import { AZURE_OPERATIONS } from './client/azure/operations';
import { Operation } from './client/operations';
import {
  azurePermissionsTable,
  defaultOperations,
  permissionsTable,
} from './permissionsDocument';

const PROJECTS = ['Payments', 'Storefront', 'Logistics', 'Platform'];

/** The operation behind a path that was called. */
function declaredFor(method: string, url: string): Operation | undefined {
  const path = url.split('?')[0].split('/').slice(2).join('/');
  return defaultOperations().find(each => {
    const source = each.path
      .replace(/[.$]/g, '\\$&')
      .replace(/\{\w+\}/g, '[^/]+');
    return each.method === method && new RegExp(`^${source}$`, 'i').test(path);
  });
}

describe('the permissions that are documented', () => {
  let estate: AzureDevOpsEstate;
  afterEach(() => estate.close());

  it('are those that runs really use, no more and no less', async () => {
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
    const azure = await createAzureEstate({ tenant: loadContosoTenant() });
    const provider = providerFor(estate, azureSource(azure));
    for await (const _ of provider.discover({
      logger: undefined as never,
      signal: new AbortController().signal,
    }));
    for (const project of PROJECTS) await collect(provider, project);
    await azure.close();
    const calls = estate.calls.all();
    const undeclared = calls
      .filter(({ method, url }) => !declaredFor(method, url))
      .map(({ url }) => url);
    expect(undeclared).toEqual([]);
    const used = new Set(
      calls.map(({ method, url }) => declaredFor(method, url)),
    );
    const unused = defaultOperations()
      .filter(each => !used.has(each))
      .map(({ path }) => path);
    expect(unused).toEqual([]);
  });

  it.each(
    [
      ...new Set(defaultOperations().map(({ tokenScope }) => tokenScope)),
    ].filter(each => !each.startsWith('Project')),
  )(
    'name %s wherever something is unknown for want of it, and the rest is read',
    async tokenScope => {
      const state = loadContosoAzure();
      estate = await createAzureDevOpsEstate({ state });
      const provider = providerFor(estate);
      await collect(provider, 'Payments');
      await collect(provider, 'Platform');
      const wanted = estate.calls
        .all()
        .filter(
          ({ method, url }) =>
            declaredFor(method, url)?.tokenScope === tokenScope,
        );
      expect(wanted.length).toBeGreaterThan(0);
      state.tokens[0].refusals = [
        ...new Set(wanted.map(({ operation }) => operation)),
      ].map(operation => ({ operation, as: 'scope' as const }));
      const fresh = providerFor(estate);
      const results = [
        await collect(fresh, 'Payments'),
        await collect(fresh, 'Platform'),
      ];
      const text = JSON.stringify(
        results.map(({ snapshots, problems }) => [
          [...snapshots.values()],
          problems,
        ]),
      );
      expect(text).toContain(tokenScope);
      for (const { snapshots, complete } of results)
        expect(snapshots.size > 0 || !complete).toBe(true);
    },
  );

  it('are for Azure those that a run really uses, no more and no less', async () => {
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
    const azure = await createAzureEstate({ tenant: loadContosoTenant() });
    await collect(providerFor(estate, azureSource(azure)), 'Payments');
    const shape = (path: string) =>
      path
        .replace(/^\/subscriptions\/[^/]+\/providers/, '/{scope}/providers')
        .replace(/^\/providers\/.*?\/providers/, '/{scope}/providers')
        .replace(/servicePrincipals\/[^/]+/, 'servicePrincipals/{id}')
        .replace(/groups\/[^/]+/, 'groups/{id}')
        .replace(/appId='[^']+'/, "appId='{appId}'");
    const used = azure.calls
      .all()
      .filter(({ operation }) => !operation.startsWith('entra.'))
      .map(({ method, url }) => `${method} ${shape(url.split('?')[0])}`);
    expect([...new Set(used)].sort()).toEqual(
      Object.values(AZURE_OPERATIONS)
        .map(({ call }) => call)
        .sort(),
    );
    await azure.close();
  });

  it('stand in the documentation as the calls declare them', async () => {
    estate = await createAzureDevOpsEstate({ state: loadContosoAzure() });
    const page = readFileSync(
      join(__dirname, '..', '..', '..', 'docs', 'azure-devops.md'),
      'utf8',
    );
    const squeezed = (text: string) => text.replace(/[ -]+/g, ' ');
    expect(squeezed(page)).toContain(squeezed(permissionsTable()));
    expect(squeezed(page)).toContain(squeezed(azurePermissionsTable()));
  });
});
