import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  createBackendModule,
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
} from '@backstage/plugin-catalog-node';
import { LabelChanges } from 'backstage-plugin-pipeline-posture-common';
import Router from 'express-promise-router';
import request from 'supertest';
import catalogModulePipelinePosture from '.';

const component = (name: string, labels: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    labels,
    annotations: {
      [ANNOTATION_LOCATION]: 'url:x',
      [ANNOTATION_ORIGIN_LOCATION]: 'url:x',
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
});

/** A catalog with two components whose authors say that they comply, and a backend that a test decides. */
async function start(config = {}) {
  const posture = {
    changes: {
      items: [],
      cursor: '0',
      complete: true,
      more: false,
    } as LabelChanges,
    asked: [] as Array<string | undefined>,
  };
  const provider: EntityProvider = {
    getProviderName: () => 'test',
    connect: async connection => {
      await connection.applyMutation({
        type: 'full',
        entities: ['good', 'bad'].map(name => ({
          entity: component(name, {
            'pipeline-posture/compliance': 'compliant',
            team: 'a',
          }),
          locationKey: 'test',
        })),
      });
    },
  };
  const { server } = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModulePipelinePosture,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'test-entities',
        register(env) {
          env.registerInit({
            deps: { catalog: catalogProcessingExtensionPoint },
            async init({ catalog }) {
              catalog.addEntityProvider(provider);
            },
          });
        },
      }),
      createBackendPlugin({
        pluginId: 'pipeline-posture',
        register(env) {
          env.registerInit({
            deps: { http: coreServices.httpRouter },
            async init({ http }) {
              const router = Router();
              router.get('/labels', (req, res) => {
                posture.asked.push(req.query.since as string | undefined);
                res.json(posture.changes);
              });
              http.use(router);
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          catalog: { processingInterval: { seconds: 1 } },
          pipelinePosture: {
            catalogLabels: { refreshEverySeconds: 1, ...config },
          },
        },
      }),
      mockServices.database.factory(),
      schedulerServiceFactory,
    ],
  });
  const labelsOf = async (name: string) => {
    const response = await request(server).get(
      `/api/catalog/entities/by-name/component/default/${name}`,
    );
    return response.body.metadata?.labels;
  };
  const eventually = async (check: () => Promise<void>) => {
    for (let i = 0; ; i++) {
      try {
        await check();
        return;
      } catch (error) {
        if (i > 100) throw error;
        await new Promise(done => setTimeout(done, 200));
      }
    }
  };
  return { server, posture, labelsOf, eventually };
}

describe('catalogModulePipelinePosture', () => {
  it('writes the labels, overwrites those of authors, and follows changes', async () => {
    const { server, posture, labelsOf, eventually } = await start();
    posture.changes = {
      items: [
        {
          entityRef: 'component:default/bad',
          compliance: 'non-compliant',
          grade: 'F',
        },
      ],
      cursor: '1',
      complete: true,
      more: false,
    };
    await eventually(async () => {
      expect(await labelsOf('bad')).toEqual({
        team: 'a',
        'pipeline-posture/compliance': 'non-compliant',
        'pipeline-posture/grade': 'F',
      });
      expect(await labelsOf('good')).toEqual({ team: 'a' });
    });
    posture.changes = {
      items: [
        {
          entityRef: 'component:default/bad',
          compliance: 'compliant',
          grade: 'A',
        },
      ],
      cursor: '2',
      complete: false,
      more: false,
    };
    await eventually(async () => {
      expect(await labelsOf('bad')).toMatchObject({
        'pipeline-posture/grade': 'A',
      });
    });
    posture.changes = { items: [], cursor: '2', complete: false, more: false };
    await eventually(async () => expect(posture.asked).toContain('2'));
    const filtered = await request(server).get(
      '/api/catalog/entities/by-query?filter=metadata.labels.pipeline-posture/compliance=compliant',
    );
    expect(filtered.body.items.map((e: Entity) => e.metadata.name)).toEqual([
      'bad',
    ]);
  });

  it('only removes labels when it is switched off', async () => {
    const { posture, labelsOf, eventually } = await start({ enabled: false });
    await eventually(async () =>
      expect(await labelsOf('good')).toEqual({ team: 'a' }),
    );
    expect(posture.asked).toEqual([]);
  });
});
