import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { eventsExtensionPoint } from '@backstage/plugin-events-node/alpha';
import { IngressSource, readIngressConfig } from './readIngressConfig';
import { validatorOf } from './validatorOf';

/** Topics that deliveries are published under; also the last part of their address. */
const TOPICS: Record<IngressSource, string> = {
  azureDevOps: 'pipeline-posture.azure-devops',
  aws: 'pipeline-posture.aws',
};

/**
 * Receives service hooks of Azure DevOps at `/api/events/http/pipeline-posture.azure-devops` and events of AWS
 * EventBridge at `/api/events/http/pipeline-posture.aws`, each only with its secret. Without configuration it opens
 * nothing.
 *
 * @public
 */
export const eventsModulePipelinePosture = createBackendModule({
  pluginId: 'events',
  moduleId: 'pipeline-posture',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        events: eventsExtensionPoint,
        logger: coreServices.logger,
      },
      async init({ config, events, logger }) {
        const secrets = readIngressConfig(config);
        for (const [source, secret] of Object.entries(secrets)) {
          const topic = TOPICS[source as IngressSource];
          events.addHttpPostIngress({ topic, validator: validatorOf(secret) });
        }
        if (Object.keys(secrets).length === 0)
          logger.info(
            'pipelinePosture.ingress is not configured: no events are received, the schedule serves',
          );
      },
    });
  },
});
