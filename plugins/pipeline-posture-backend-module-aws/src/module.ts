import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  pipelineControlsExtensionPoint,
  pipelineProvidersExtensionPoint,
  sourceHostsExtensionPoint,
} from 'backstage-plugin-pipeline-posture-node';
import { AwsPipelineProvider } from './AwsPipelineProvider';
import { readAwsSources } from './config/readAwsSources';
import { awsControls } from './controls';

/**
 * Adds AWS CodePipeline to the pipeline-posture backend plugin.
 *
 * @public
 */
export const pipelinePostureModuleAws = createBackendModule({
  pluginId: 'pipeline-posture',
  moduleId: 'aws',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: pipelineProvidersExtensionPoint,
        controls: pipelineControlsExtensionPoint,
        sourceHosts: sourceHostsExtensionPoint,
      },
      async init({ config, providers, controls, sourceHosts }) {
        if (readAwsSources(config).length === 0) return;
        providers.addProvider(
          AwsPipelineProvider.fromConfig(config, {
            sourceHosts: sourceHosts.hosts,
          }),
        );
        controls.addControl(...awsControls);
      },
    });
  },
});
