// The backend of the browser's acceptance tests: the real plugins on 312 pipelines that a plan makes up, on a clock that
// a test can turn. Not part of any product; scripts/e2e.mjs starts it.
import { createBackend } from '@backstage/backend-defaults';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { pipelineProvidersExtensionPoint } from 'backstage-plugin-pipeline-posture-node';
import { seededCatalogModule } from './catalog';
import { createControlPlugin } from './controlPlugin';
import { createSignInModule, policyModule } from './people';
import { SeededProvider } from './SeededProvider';
import { World } from './World';

const TODAY = process.env.SEEDED_TODAY ?? '2026-11-21T08:00:00Z';
const world = new World(new Date(TODAY));

const providers = createBackendModule({
  pluginId: 'pipeline-posture',
  moduleId: 'seeded',
  register(env) {
    env.registerInit({
      deps: { providers: pipelineProvidersExtensionPoint },
      async init({ providers: extensionPoint }) {
        extensionPoint.addProvider(
          new SeededProvider('azure-devops', 'Azure DevOps', world),
          new SeededProvider('aws-codepipeline', 'AWS', world),
        );
      },
    });
  },
});

const backend = createBackend();
backend.add(import('@backstage/plugin-app-backend'));
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(createSignInModule(world));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(policyModule);
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('backstage-plugin-search-backend-module-pipeline-posture'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('backstage-plugin-pipeline-posture-backend'));
backend.add(import('backstage-plugin-catalog-backend-module-pipeline-posture'));
backend.add(seededCatalogModule);
backend.add(providers);
backend.add(createControlPlugin(world));
backend.start();
