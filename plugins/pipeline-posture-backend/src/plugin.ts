import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { pipelinePosturePermissions } from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { ScmIntegrations } from '@backstage/integration';
import {
  Control,
  GithubSourceHost,
  pipelineControlsExtensionPoint,
  PipelineProvider,
  pipelineProvidersExtensionPoint,
  SourceHost,
  SourceHosts,
  sourceHostsExtensionPoint,
} from 'backstage-plugin-pipeline-posture-node';
import { createPosture } from './createPosture';
import { addUnique } from './addUnique';

/**
 * Collects, scores, stores and serves the posture of pipelines.
 *
 * @public
 */
export const pipelinePosturePlugin = createBackendPlugin({
  pluginId: 'pipeline-posture',
  register(env) {
    const providers: PipelineProvider[] = [];
    const controls: Control[] = [...neutralControls];
    env.registerExtensionPoint(pipelineProvidersExtensionPoint, {
      addProvider: (...added) => addUnique('provider', providers, added),
    });
    env.registerExtensionPoint(pipelineControlsExtensionPoint, {
      addControl: (...added) => addUnique('control', controls, added),
    });
    const sourceHosts: SourceHost[] = [];
    env.registerExtensionPoint(sourceHostsExtensionPoint, {
      addSourceHost: (...added) => addUnique('source host', sourceHosts, added),
      hosts: SourceHosts.create({ hosts: sourceHosts }),
    });
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        events: eventsServiceRef,
        metrics: metricsServiceRef,
        tracing: tracingServiceRef,
        notifications: notificationService,
        signals: signalsServiceRef,
      },
      async init({ permissionsRegistry, httpRouter, lifecycle, ...services }) {
        permissionsRegistry.addPermissions(pipelinePosturePermissions);
        addUnique('source host', sourceHosts, [
          GithubSourceHost.create({
            integrations: ScmIntegrations.fromConfig(services.config),
          }),
        ]);
        const { router, collector, ingress } = await createPosture({
          ...services,
          providers,
          controls,
        });
        httpRouter.use(router);
        lifecycle.addStartupHook(async () => {
          collector.start();
          await ingress.start();
        });
        lifecycle.addShutdownHook(async () => {
          ingress.stop();
          await collector.stop();
        });
      },
    });
  },
});
