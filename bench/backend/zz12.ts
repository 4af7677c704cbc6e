import { performance } from 'node:perf_hooks';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import {
  DefaultEventsService,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import {
  EntityLabels,
  LabelChanges,
} from 'backstage-plugin-pipeline-posture-common';
import Router from 'express-promise-router';
import catalogModule from '../../plugins/catalog-backend-module-pipeline-posture/src';
import { BenchRow } from '../azure-devops/row';

const ENTITIES = 2_000;
const CHANGED = 200;
const KIND = 'kind=component';

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silent,
};

const entity = (i: number) => ({
  entity: {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `e${i}`,
      annotations: {
        'backstage.io/managed-by-location':
          'url:https://example.com/catalog-info.yaml',
        'backstage.io/managed-by-origin-location':
          'url:https://example.com/catalog-info.yaml',
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a' },
  },
  locationKey: 'bench',
});

const labels = (i: number, grade: EntityLabels['grade']): EntityLabels => ({
  entityRef: `component:default/e${i}`,
  compliance: 'compliant',
  grade,
});

/** B12: from the backend's word that labels changed until every catalog query knows them, in a real catalog. */
export async function benchLabels(): Promise<BenchRow[]> {
  let answer: LabelChanges = {
    items: Array.from({ length: ENTITIES }, (_, i) => labels(i, 'B')),
    cursor: '1',
    complete: true,
    more: false,
  };
  const processed = { entities: 0, locations: 0 };
  let fillCatalog = async () => {};
  let asked = () => {};
  const labelsAreRead = new Promise<void>(done => {
    asked = done;
  });
  const events = DefaultEventsService.create({
    logger: silent,
    useEventBus: 'never',
  });
  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModule,
      createBackendModule({
        pluginId: 'catalog',
        moduleId: 'bench',
        register(env) {
          env.registerInit({
            deps: { catalog: catalogProcessingExtensionPoint },
            async init({ catalog }) {
              catalog.addEntityProvider({
                getProviderName: () => 'bench',
                // When the labels are there: a first reading labels every entity once.
                connect: async connection => {
                  fillCatalog = () =>
                    connection.applyMutation({
                      type: 'full',
                      entities: Array.from({ length: ENTITIES }, (_, i) =>
                        entity(i),
                      ),
                    });
                },
              });
              catalog.addProcessor({
                getProcessorName: () => 'Counting',
                async preProcessEntity(one) {
                  processed.entities += 1;
                  return one;
                },
                async readLocation() {
                  processed.locations += 1;
                  return false;
                },
              });
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
                asked();
                const known = req.query.since === answer.cursor;
                res.json(
                  known ? { ...answer, items: [], complete: false } : answer,
                );
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
          catalog: { processingInterval: { hours: 24 } },
          pipelinePosture: { catalogLabels: { refreshEverySeconds: 15 } },
        },
      }),
      mockServices.database.factory(),
      schedulerServiceFactory,
      createServiceFactory({
        service: eventsServiceRef,
        deps: { plugin: coreServices.pluginMetadata },
        factory: ({ plugin }) => events.forPlugin(plugin.getId()),
      }),
    ],
  });
  const base = `http://localhost:${backend.server.port()}/api/catalog`;
  const graded = async (grade: string): Promise<number> => {
    const filter = `${KIND},metadata.labels.pipeline-posture/grade=${grade}`;
    console.log(new Date().toISOString(), processed);
    const response = await fetch(
      `${base}/entities/by-query?limit=0&filter=${encodeURIComponent(filter)}`,
      { headers: { Authorization: mockCredentials.user.header() } },
    );
    if (!response.ok)
      throw new Error(`The catalog answered ${response.status}`);
    const j = await response.json();
    console.log(JSON.stringify(j).slice(0, 200));
    return j.totalItems;
  };
  const until = async (grade: string, count: number, everyMs: number) => {
    while ((await graded(grade)) < count)
      await new Promise(next => setTimeout(next, everyMs));
  };
  await labelsAreRead;
  await new Promise(next => setTimeout(next, 2000));
  await fillCatalog();
  await until('B', ENTITIES, 2000);
  processed.entities = 0;
  answer = {
    items: Array.from({ length: CHANGED }, (_, i) => labels(i * 10, 'D')),
    cursor: '2',
    complete: false,
    more: false,
  };
  const started = performance.now();
  await events.forPlugin('pipeline-posture').publish({
    topic: 'pipeline-posture.labels-changed',
    eventPayload: { count: CHANGED },
  });
  await until('D', CHANGED, 100);
  const seconds = (performance.now() - started) / 1000;
  const reads = processed.entities;
  await backend.stop();
  return [
    {
      row: 'B12',
      what: 'From a finished collection to the changed labels in the catalog',
      figure: seconds,
      bar: 10,
      must: 'at most',
      unit: 's',
      notes: `${CHANGED} of ${ENTITIES} entities changed, SQLite`,
    },
    {
      row: 'B12',
      what: 'Catalog reads per changed entity',
      figure: reads / CHANGED,
      bar: 1,
      must: 'at most',
      unit: 'reads',
      notes: `${processed.locations} locations were read from source control`,
    },
    {
      row: 'B12',
      what: 'Locations read again from source control',
      figure: processed.locations,
      bar: 0,
      must: 'at most',
      unit: 'reads',
      notes: '',
    },
  ];
}
