import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { PipelinePostureClient } from 'backstage-plugin-pipeline-posture-common';
import { readLabelConfig } from './config';
import { LabelFeed } from './LabelFeed';
import { PipelinePostureProcessor } from './PipelinePostureProcessor';
import { RefreshProvider } from './RefreshProvider';

/**
 * Labels catalog entities with the compliance and grade of their pipelines.
 *
 * @public
 */
export const catalogModulePipelinePosture = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'pipeline-posture',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        events: eventsServiceRef,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        logger,
        scheduler,
        events,
      }) {
        const { enabled, refreshEveryMs } = readLabelConfig(config);
        if (!enabled) {
          // Still there, so that labels of authors do not pass for ours.
          catalog.addProcessor(new PipelinePostureProcessor(undefined));
          return;
        }
        const api = new PipelinePostureClient({ discoveryApi: discovery });
        const feed = new LabelFeed({ api, auth, logger });
        catalog.addProcessor(new PipelinePostureProcessor(feed));
        const provider = new RefreshProvider();
        catalog.addEntityProvider(provider);
        const follow = () => feed.follow(refs => provider.refresh(refs));
        // Faster than the task where events reach this process; never instead of it.
        await events.subscribe({
          id: 'pipeline-posture-labels',
          topics: ['pipeline-posture.labels-changed'],
          onEvent: follow,
        });
        await scheduler.scheduleTask({
          id: 'pipeline-posture-labels',
          frequency: { milliseconds: refreshEveryMs },
          timeout: { minutes: 5 },
          // Every replica holds the labels in its own memory.
          scope: 'local',
          fn: follow,
        });
      },
    });
  },
});
