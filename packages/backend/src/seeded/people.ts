import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { World } from './World';

interface Person {
  displayName: string;
  groups: string[];
  /** Permissions that the person lacks. */
  lacks: string[];
  /** Name of an entity that the person may not read. */
  hidden?: string;
}

const APPROVE = 'pipelinePosture.exemption.approve';

/** Who can sign in. */
export const PEOPLE: Record<string, Person> = {
  owner: {
    displayName: 'Olivia Owner',
    groups: ['payments'],
    lacks: [APPROVE],
  },
  appsec: { displayName: 'Sam Security', groups: ['appsec'], lacks: [] },
  outsider: {
    displayName: 'Otto Outsider',
    groups: ['search'],
    lacks: [APPROVE],
    hidden: 'payments-api',
  },
  viewer: {
    displayName: 'Vera Viewer',
    groups: ['checkout'],
    lacks: [
      APPROVE,
      'pipelinePosture.evidence.read',
      'pipelinePosture.collector.read',
      'pipelinePosture.collector.run',
      'pipelinePosture.exemption.create',
      'pipelinePosture.report.export',
    ],
  },
};

class PolicyOfPeople implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const name = user?.info.userEntityRef.split('/').pop() ?? '';
    const person = PEOPLE[name];
    if (person?.lacks.includes(permission.name))
      return { result: AuthorizeResult.DENY };
    if (
      person?.hidden &&
      isPermission(permission, catalogEntityReadPermission)
    ) {
      return createCatalogConditionalDecision(permission, {
        not: catalogConditions.hasMetadata({
          key: 'name',
          value: person.hidden,
        }),
      });
    }
    return { result: AuthorizeResult.ALLOW };
  }
}

/** What each person may do. */
export const policyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'seeded-policy',
  register(env) {
    env.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new PolicyOfPeople());
      },
    });
  },
});

/** Signs in, as guest, the person that a test has chosen. */
export const createSignInModule = (world: World) =>
  createBackendModule({
    pluginId: 'auth',
    moduleId: 'seeded-guest-provider',
    register(env) {
      env.registerInit({
        deps: { providers: authProvidersExtensionPoint },
        async init({ providers }) {
          providers.registerProvider({
            providerId: 'guest',
            factory: createProxyAuthProviderFactory({
              authenticator: createProxyAuthenticator({
                defaultProfileTransform: async () => ({ profile: {} }),
                initialize: () => undefined,
                authenticate: async () => ({ result: {} }),
              }),
              signInResolver: async (_, context) => {
                const { groups } = PEOPLE[world.person];
                const sub = `user:default/${world.person}`;
                return context.issueToken({
                  claims: {
                    sub,
                    ent: [
                      sub,
                      ...groups.map(group => `group:default/${group}`),
                    ],
                  },
                });
              },
            }),
          });
        },
      });
    },
  });
