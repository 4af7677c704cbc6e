import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { pipelinePosturePlugin } from '../../plugins/pipeline-posture-backend/src/plugin';

/** The API over a filled database, for a caller who may read nine of ten entities. */
export async function startApi(knex: Knex): Promise<{
  get(path: string): Promise<{ status: number; body: string }>;
  stop(): Promise<void>;
}> {
  const refs: string[] = (await knex('entities').select('entity_ref')).map(
    row => row.entity_ref,
  );
  const entityOf = (ref: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: ref.split('/')[1],
      namespace: 'default',
      annotations: {} as Record<string, string>,
    },
  });
  const readable = refs.filter((_, i) => i % 10 !== 0);
  const catalog = catalogServiceMock({ entities: [] });
  const catalogFactory = createServiceFactory({
    service: catalogServiceRef,
    deps: {},
    factory: () =>
      Object.assign(Object.create(catalog), {
        getEntityByRef: async (ref: string) => {
          const entity = entityOf(ref);
          const { key } = await knex('entity_targets')
            .where({ entity_ref: ref })
            .orderBy('group_no')
            .first('key');
          // The annotation names one repository; that is what most entities have.
          const [, value] = String(key).split('=');
          entity.metadata.annotations['dev.azure.com/project-repo'] = value;
          return entity;
        },
        streamEntities: async function* stream() {
          for (let i = 0; i < readable.length; i += 500)
            yield readable.slice(i, i + 500).map(entityOf);
        },
      }),
  });
  const permissions = createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => ({
      authorize: async requests =>
        requests.map(
          (): DefinitivePolicyDecision => ({ result: AuthorizeResult.ALLOW }),
        ),
      authorizeConditional: async requests =>
        requests.map(
          ({ permission }): PolicyDecision =>
            permission.name === catalogEntityReadPermission.name
              ? {
                  result: AuthorizeResult.CONDITIONAL,
                  pluginId: 'catalog',
                  resourceType: 'catalog-entity',
                  conditions: {
                    rule: 'IS_ENTITY_OWNER',
                    resourceType: 'catalog-entity',
                    params: {},
                  },
                }
              : { result: AuthorizeResult.ALLOW },
        ),
    }),
  });
  // Nothing is collected or tidied up meanwhile.
  const scheduler = createServiceFactory({
    service: coreServices.scheduler,
    deps: {},
    factory: () =>
      Object.assign(Object.create(mockServices.scheduler()), {
        scheduleTask: async () => {},
      }),
  });
  const backend = await startTestBackend({
    features: [
      pipelinePosturePlugin,
      mockServices.database.factory({ knex }),
      mockServices.rootConfig.factory({ data: {} }),
      catalogFactory,
      permissions,
      scheduler,
    ],
  });
  const base = `http://localhost:${backend.server.port()}/api/pipeline-posture`;
  const headers = { Authorization: mockCredentials.user.header() };
  return {
    async get(path) {
      const response = await fetch(`${base}${path}`, { headers });
      return { status: response.status, body: await response.text() };
    },
    stop: () => backend.stop(),
  };
}
