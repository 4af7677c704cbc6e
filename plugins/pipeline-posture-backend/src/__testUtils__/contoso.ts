import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import awsModule from 'backstage-plugin-pipeline-posture-backend-module-aws';
import azureModule from 'backstage-plugin-pipeline-posture-backend-module-azure-devops';
import {
  Behaviour,
  CallLog,
  CONTOSO_AWS_ACCESS_KEY,
  CONTOSO_AZURE_READER,
  CONTOSO_AZURE_TOKEN,
  createAwsEstate,
  createAzureDevOpsEstate,
  createAzureEstate,
  loadContosoAws,
  loadContosoAzure,
  loadContosoTenant,
} from 'pipeline-posture-estate';
import request from 'supertest';
import { pipelinePosturePlugin } from '../plugin';
import { ownDatabase } from './ownDatabase';
import { until } from './until';

/** The whole backend with both real providers against the local clouds. */
export async function startContoso(options: {
  databases: TestDatabases;
  databaseId: Parameters<TestDatabases['init']>[0];
  entities?: Entity[];
  /** Changes the clouds before they start. */
  arrange?: (clouds: {
    behaviour: Behaviour;
    azure: ReturnType<typeof loadContosoAzure>;
    aws: ReturnType<typeof loadContosoAws>;
  }) => void;
  /** Changes AWS when the addresses of Azure DevOps are known. */
  connect?: (aws: ReturnType<typeof loadContosoAws>, core: string) => void;
  azureToken?: string;
  config?: object;
  features?: BackendFeature[];
}) {
  const behaviour = new Behaviour();
  const calls = new CallLog();
  const azure = loadContosoAzure();
  const aws = loadContosoAws();
  options.arrange?.({ behaviour, azure, aws });
  const azureEstate = await createAzureDevOpsEstate({
    state: azure,
    behaviour,
    calls,
  });
  options.connect?.(aws, azureEstate.urls.core);
  const awsEstate = await createAwsEstate({ state: aws, behaviour, calls });
  process.env.AWS_ENDPOINT_URL = awsEstate.url;
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  const cloud = await createAzureEstate({
    tenant: loadContosoTenant(),
    behaviour,
    calls,
  });
  const folder = mkdtempSync(join(tmpdir(), 'contoso-'));
  const certificateAuthorityFile = join(folder, 'ca.pem');
  writeFileSync(certificateAuthorityFile, cloud.certificate);
  const { core, release, graph, audit, advancedSecurity } = azureEstate.urls;
  const knex = await options.databases.init(options.databaseId);
  const backend = await startTestBackend({
    features: [
      ...(options.features ?? []),
      pipelinePosturePlugin,
      azureModule,
      awsModule,
      ownDatabase(knex),
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            azure: [
              {
                host: new URL(core).host,
                credentials: [
                  {
                    personalAccessToken:
                      options.azureToken ?? CONTOSO_AZURE_TOKEN,
                  },
                ],
              },
            ],
          },
          aws: {
            mainAccount: { ...CONTOSO_AWS_ACCESS_KEY, region: 'eu-west-1' },
            accountDefaults: {
              roleName: 'PipelinePostureReader',
              region: 'eu-west-1',
              externalId: 'contoso-posture',
            },
          },
          pipelinePosture: {
            azureDevOps: [
              {
                id: 'contoso',
                url: core,
                areaUrls: { release, graph, audit, advancedSecurity },
                azureResourceManager: {
                  ...CONTOSO_AZURE_READER,
                  endpoints: { ...cloud.urls, certificateAuthorityFile },
                },
              },
            ],
            aws: [
              {
                id: 'contoso',
                accounts: ['111122223333', '444455556666', '555566667777'],
                regions: ['eu-west-1'],
              },
            ],
            ...options.config,
          },
        },
      }),
    ],
  });
  const get = async (path: string) =>
    (
      await request(backend.server)
        .get(`/api/pipeline-posture${path}`)
        .set('Authorization', mockCredentials.user.header())
    ).body;
  const post = (path: string, body: object) =>
    request(backend.server)
      .post(`/api/pipeline-posture${path}`)
      .set('Authorization', mockCredentials.user.header())
      .send(body);
  type Scope = {
    title: string;
    state: string;
    lastRun?: { problems: unknown[]; error?: string };
  };
  const settled = async (): Promise<Scope[]> => {
    let items: Scope[] = [];
    const ended = await until(async () => {
      ({ items } = await get('/scopes'));
      return (
        items.length > 0 &&
        items.every(s => !['running', 'scheduled'].includes(s.state))
      );
    });
    if (!ended) throw new Error('The first collection did not end');
    return items;
  };
  const pipelines = async (): Promise<
    Map<string, { grade: string; compliance: string; score: number }>
  > => {
    const { items } = await get('/pipelines?size=100');
    return new Map(items.map((p: { name: string }) => [p.name, p]));
  };
  return {
    get,
    post,
    server: backend.server,
    settled,
    pipelines,
    calls,
    behaviour,
    knex,
    async stop() {
      await backend.stop();
      await Promise.all([
        azureEstate.close(),
        awsEstate.close(),
        cloud.close(),
      ]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
