import {
  BackendFeature,
  BackstageCredentials,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  QueryPermissionRequest,
} from '@backstage/plugin-permission-common';
import { pipelineProvidersExtensionPoint } from 'backstage-plugin-pipeline-posture-node';
import request from 'supertest';
import { pipelinePosturePlugin } from '../plugin';
import { ownDatabase } from './ownDatabase';
import { TestProvider } from './TestProvider';
import { until } from './until';

/** Which permissions a caller lacks, and which entities are hidden from users. */
export interface Rights {
  denied: Set<string>;
  hidden: Set<string>;
}

/** A component with annotations. */
export const component = (
  name: string,
  annotations: Record<string, string> = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', annotations },
  spec: {
    type: 'service',
    lifecycle: 'production',
    owner: 'group:default/team-a',
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
});

/** The real plugin on a real database, with a catalog and rights that a test decides. */
export async function startPosture(options: {
  databases: TestDatabases;
  databaseId: Parameters<TestDatabases['init']>[0];
  provider: TestProvider;
  entities: Entity[];
  config?: object;
  features?: BackendFeature[];
}) {
  const rights: Rights = { denied: new Set(), hidden: new Set() };
  const { provider, entities } = options;
  const knex = await options.databases.init(options.databaseId);
  const catalog = catalogServiceMock({ entities });
  const isUser = (credentials: { principal: unknown }) =>
    (credentials.principal as { type?: string }).type === 'user';
  // The catalog answers each caller by the rights of the caller, as the real one does.
  const visibleTo =
    (credentials: { principal: unknown }) => (entity: Entity | undefined) =>
      entity &&
      !(isUser(credentials) && rights.hidden.has(stringifyEntityRef(entity)))
        ? entity
        : undefined;
  type Options = { credentials: BackstageCredentials };
  const guarded = catalogServiceMock.mock({
    getEntityByRef: async (ref, requestOptions) => {
      const { credentials } = requestOptions as Options;
      const entity = await catalog.getEntityByRef(ref, { credentials });
      return visibleTo(credentials)(entity);
    },
    getEntitiesByRefs: async (asked, requestOptions) => {
      const { credentials } = requestOptions as Options;
      const { items } = await catalog.getEntitiesByRefs(asked, { credentials });
      return { items: items.map(visibleTo(credentials)) };
    },
    streamEntities: async function* stream(query, streamOptions) {
      const { credentials } = streamOptions as Options;
      for await (const page of catalog.streamEntities(query, { credentials })) {
        yield page.filter(entity => visibleTo(credentials)(entity));
      }
    },
  });
  const decide = (name: string) =>
    rights.denied.has(name) ? AuthorizeResult.DENY : AuthorizeResult.ALLOW;
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(({ permission }) => ({
        result: decide(permission.name) as never,
      })),
    authorizeConditional: async (requests: QueryPermissionRequest[]) =>
      requests.map(({ permission }) =>
        permission.name === catalogEntityReadPermission.name &&
        rights.hidden.size > 0
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
          : { result: decide(permission.name) as never },
      ),
  });
  const { server } = await startTestBackend({
    features: [
      ...(options.features ?? []),
      pipelinePosturePlugin,
      createBackendModule({
        pluginId: 'pipeline-posture',
        moduleId: 'test-provider',
        register(env) {
          env.registerInit({
            deps: { providers: pipelineProvidersExtensionPoint },
            async init({ providers }) {
              providers.addProvider(provider);
            },
          });
        },
      }),
      ownDatabase(knex),
      mockServices.rootConfig.factory({
        data: { pipelinePosture: options.config ?? {} },
      }),
      guarded.factory,
      permissions.factory,
    ],
  });
  const call = (method: 'get' | 'post', path: string, header: string) =>
    request(server)
      [method](`/api/pipeline-posture${path}`)
      .set('Authorization', header);
  const get = (path: string, header = mockCredentials.user.header()) =>
    call('get', path, header);
  const post = (path: string, header = mockCredentials.user.header()) =>
    call('post', path, header);
  const collected = async (pipelines: number) => {
    const done = await until(async () => {
      const { body } = await get('/scopes', mockCredentials.service.header());
      const sum = body.items?.reduce(
        (all: number, scope: { pipelines: number }) => all + scope.pipelines,
        0,
      );
      const busy = body.items?.some((s: { state: string }) =>
        ['running', 'scheduled'].includes(s.state),
      );
      return sum === pipelines && !busy;
    });
    if (!done) throw new Error('nothing was collected');
  };
  return { server, rights, knex, get, post, collected };
}
