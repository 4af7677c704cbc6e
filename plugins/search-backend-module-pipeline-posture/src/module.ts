import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { PipelinePostureClient } from 'backstage-plugin-pipeline-posture-common';
import { controlCollator, pipelineCollator } from './collators';

const SCHEDULE_KEY = 'search.collators.pipelinePosture.schedule';
const DEFAULT_SCHEDULE = {
  frequency: { minutes: 10 },
  timeout: { minutes: 15 },
  // After the pipelines of a fresh start have been read.
  initialDelay: { seconds: 30 },
};

/**
 * Lets Backstage's search find pipelines and controls.
 *
 * @public
 */
export const searchModulePipelinePosture = createBackendModule({
  pluginId: 'search',
  moduleId: 'pipeline-posture',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, indexRegistry, scheduler }) {
        const api = new PipelinePostureClient({ discoveryApi: discovery });
        const written = config.getOptionalConfig(SCHEDULE_KEY);
        const schedule = scheduler.createScheduledTaskRunner(
          written
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(written)
            : DEFAULT_SCHEDULE,
        );
        for (const factory of [
          pipelineCollator({ api, auth }),
          controlCollator({ api, auth }),
        ]) {
          indexRegistry.addCollator({ schedule, factory });
        }
      },
    });
  },
});
