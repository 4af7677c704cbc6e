import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  pipelineControlsExtensionPoint,
  pipelineProvidersExtensionPoint,
  ProductionClassifier,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureDevOpsPipelineProvider } from './AzureDevOpsPipelineProvider';
import { readAzureDevOpsConfig } from './config/AzureDevOpsConfig';
import { azureDevOpsControls } from './controls';

/**
 * Adds the pipelines of Azure DevOps, and the controls that only they have.
 *
 * @public
 */
export const pipelinePostureModuleAzureDevOps = createBackendModule({
  pluginId: 'pipeline-posture',
  moduleId: 'azure-devops',
  register(registration) {
    registration.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: pipelineProvidersExtensionPoint,
        controls: pipelineControlsExtensionPoint,
      },
      async init({ config, providers, controls }) {
        controls.addControl(...azureDevOpsControls);
        const configs = readAzureDevOpsConfig(config);
        if (configs.length === 0) return;
        const integrations = ScmIntegrations.fromConfig(config);
        providers.addProvider(
          AzureDevOpsPipelineProvider.create({
            configs,
            credentials:
              DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
                integrations,
              ),
            classifier: ProductionClassifier.fromConfig(config),
          }),
        );
      },
    });
  },
});
