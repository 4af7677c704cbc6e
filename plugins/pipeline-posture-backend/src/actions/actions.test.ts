import { createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import {
  known,
  Leak,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { aSnapshot } from 'backstage-plugin-pipeline-posture-node';
import { component, startPosture } from '../__testUtils__/backend';
import { TestProvider } from '../__testUtils__/TestProvider';

const leak: Leak = {
  where: 'variable PASSWORD',
  pattern: 'name',
  in: 'setting',
};
const pipelineId = stringifyPipelineRef({
  provider: 'azure-devops',
  scope: 'A',
  id: 'bad',
});
const request = {
  controlId: 'no-plaintext-secret',
  pipelineId,
  type: 'risk-accepted',
  reason: 'The vendor cannot change it before spring.',
};
const olga = mockCredentials.user('user:default/olga');

// Not within the tests, so that backends are stopped before their databases are.
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('actions for assistants', () => {
  async function start() {
    const registry = actionsRegistryServiceMock();
    const auditor = mockServices.auditor.mock();
    const audited: string[] = [];
    auditor.createEvent.mockImplementation(async ({ eventId, meta }) => {
      const name = `${eventId} ${meta?.action ?? meta?.name ?? ''}`.trim();
      return {
        success: async () => void audited.push(`${name} done`),
        fail: async () => void audited.push(`${name} refused`),
      };
    });
    const provider = new TestProvider().has(
      'A',
      aSnapshot({
        ref: { provider: '', scope: '', id: 'bad' },
        name: 'bad',
        leaks: known([leak]),
        locators: [
          { annotation: 'dev.azure.com/project-repo', value: 'Shop/bad' },
        ],
      }),
    );
    const posture = await startPosture({
      databases,
      databaseId: 'SQLITE_3',
      provider,
      entities: [
        component('bad', { 'dev.azure.com/project-repo': 'Shop/bad' }),
      ],
      features: [
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => registry,
        }),
        auditor.factory,
      ],
    });
    await posture.collected(1);
    const invoke = (name: string, input: object, credentials = olga) =>
      registry.invoke({
        id: `test:${name}`,
        input: input as never,
        credentials,
      });
    return { ...posture, registry, invoke, audited };
  }

  it('are all there', async () => {
    const { registry } = await start();
    const { actions } = await registry.list();
    expect(actions.map(action => action.name).sort()).toEqual([
      'explain-pipeline-control',
      'get-entity-pipeline-posture',
      'list-entity-pipeline-findings',
      'list-weakest-pipelines',
      'request-pipeline-exemption',
    ]);
  });

  it('ask for an exemption in the name of a person, which somebody else decides', async () => {
    const { invoke, audited, get } = await start();
    const { output } = await invoke('request-pipeline-exemption', request);
    expect(output).toMatchObject({ state: 'waiting' });
    const { items } = (
      await get('/exemptions', mockCredentials.user.header('user:default/olga'))
    ).body;
    expect(items).toMatchObject([
      {
        requestedBy: 'user:default/olga',
        state: 'waiting',
        may: { approve: false },
      },
    ]);
    expect(audited).toContain(
      'exemption-request request-pipeline-exemption done',
    );
  });

  it('are refused without the right, for what is hidden, and for what makes no sense', async () => {
    const { invoke, rights, audited } = await start();
    await expect(
      invoke('request-pipeline-exemption', { ...request, reason: 'short' }),
    ).rejects.toThrow(/reason/);
    await expect(
      invoke('request-pipeline-exemption', {
        ...request,
        entityRef: 'component:default/bad',
      }),
    ).rejects.toThrow(/either/);
    await expect(
      invoke(
        'request-pipeline-exemption',
        request,
        mockCredentials.service() as never,
      ),
    ).rejects.toThrow(/Only people/);
    rights.denied.add('pipelinePosture.exemption.create');
    await expect(invoke('request-pipeline-exemption', request)).rejects.toThrow(
      /pipelinePosture\.exemption\.create/,
    );
    expect(audited).toContain(
      'exemption-request request-pipeline-exemption refused',
    );
    rights.denied.delete('pipelinePosture.exemption.create');
    rights.hidden.add('component:default/bad');
    rights.denied.add('pipelinePosture.collector.read');
    await expect(
      invoke(
        'request-pipeline-exemption',
        request,
        mockCredentials.user('user:default/stranger'),
      ),
    ).rejects.toThrow(/does not exist/);
    await expect(
      invoke(
        'get-entity-pipeline-posture',
        { entityRef: 'component:default/bad' },
        mockCredentials.user('user:default/stranger'),
      ),
    ).rejects.toThrow(/does not exist/);
  });
});
