import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { ACCOUNT, repositoriesOf, TEAMS } from './fleet';
import { PEOPLE } from './people';

const LOCATION = 'seeded:fleet';
const DOMAINS: Record<string, string> = {
  money: 'commerce',
  shop: 'commerce',
  discovery: 'commerce',
  delivery: 'operations',
  insight: 'operations',
  foundation: 'operations',
};

function entity(
  kind: string,
  name: string,
  spec: Entity['spec'],
  metadata: { title?: string; annotations?: Record<string, string> } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      ...metadata,
      annotations: {
        [ANNOTATION_LOCATION]: LOCATION,
        [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
        ...metadata.annotations,
      },
    },
    spec,
  };
}

const service = (owner: string, system: string, lifecycle = 'production') => ({
  type: 'service',
  lifecycle,
  owner,
  system,
});

function components(): Entity[] {
  const ofTeams = TEAMS.flatMap(team =>
    repositoriesOf(team).map((place, i) =>
      entity(
        'Component',
        place.repository,
        service(
          team.name,
          team.system,
          i % 9 === 8 ? 'experimental' : 'production',
        ),
        {
          annotations:
            place.provider === 'azure-devops'
              ? {
                  'dev.azure.com/project-repo': `${place.scope}/${place.repository}`,
                }
              : {
                  'aws.amazon.com/aws-codepipeline-arn': `arn:aws:codepipeline:eu-west-1:${place.scope}:${place.name}`,
                },
        },
      ),
    ),
  );
  return [
    entity('Component', 'payments-api', service('payments', 'money'), {
      annotations: {
        'dev.azure.com/project-repo': 'Payments/payments-api',
        'aws.amazon.com/aws-codepipeline-arn': `arn:aws:codepipeline:eu-west-1:${ACCOUNT}:payments-infra`,
      },
    }),
    entity('Component', 'style-guide', {
      type: 'website',
      lifecycle: 'production',
      owner: 'storefront',
    }),
    entity('Component', 'legacy-reports', service('data', 'insight'), {
      annotations: {
        'dev.azure.com/project': 'Payments',
        'dev.azure.com/build-definition': 'legacy-reports-nightly',
      },
    }),
    entity('Component', 'empty-shelf', service('platform', 'warehouse')),
    ...ofTeams,
  ];
}

/** Everything that the catalog holds. */
export function entities(): Entity[] {
  const systems = [...Object.keys(DOMAINS), 'warehouse'];
  return [
    entity(
      'Group',
      'engineering',
      { type: 'department', children: [] },
      { title: 'Engineering' },
    ),
    ...TEAMS.map(({ name, title }) =>
      entity(
        'Group',
        name,
        { type: 'team', parent: 'engineering', children: [] },
        { title },
      ),
    ),
    entity(
      'Group',
      'appsec',
      { type: 'team', parent: 'engineering', children: [] },
      { title: 'AppSec' },
    ),
    ...Object.entries(PEOPLE).map(([name, person]) =>
      entity('User', name, {
        profile: { displayName: person.displayName },
        memberOf: person.groups,
      }),
    ),
    entity('Domain', 'commerce', { owner: 'engineering' }),
    entity('Domain', 'operations', { owner: 'engineering' }),
    ...systems.map(name =>
      entity('System', name, {
        owner: 'engineering',
        domain: DOMAINS[name] ?? 'operations',
      }),
    ),
    ...components(),
  ];
}

/** Gives the entities of the fleet to the catalog. */
export const seededCatalogModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'seeded',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider({
          getProviderName: () => 'seeded',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: entities().map(one => ({
                entity: one,
                locationKey: LOCATION,
              })),
            }),
        });
      },
    });
  },
});
