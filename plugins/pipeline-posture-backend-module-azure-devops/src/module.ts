import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DefaultAzureDevOpsCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  pipelineControlsExtensionPoint,
  pipelineProvidersExtensionPoint,
  ProductionClassifier,
  sourceHostsExtensionPoint,
} from 'backstage-plugin-pipeline-posture-node';
import { AzureDevOpsPipelineProvider } from './AzureDevOpsPipelineProvider';
import { Organisations } from './client/Organisations';
import { readAzureDevOpsConfig } from './config/AzureDevOpsConfig';
import { azureDevOpsControls } from './controls';
import { AzureReposSourceHost } from './source-host/AzureReposSourceHost';

/**
 * Tokens come from integrations only, so a host without one can never be read.
 *
 * @throws InputError that names the key
 */
function mustHaveIntegration(
  integrations: ScmIntegrations,
  url: string,
  index: number,
): void {
  const { host } = new URL(url);
  if (!integrations.azure.byHost(host)) {
    throw new InputError(
      `pipelinePosture.azureDevOps[${index}].url: there is no entry for the host '${host}' in integrations.azure`,
    );
  }
}

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
        sourceHosts: sourceHostsExtensionPoint,
      },
      async init({ config, providers, controls, sourceHosts }) {
        controls.addControl(...azureDevOpsControls);
        const configs = readAzureDevOpsConfig(config);
        if (configs.length === 0) return;
        const integrations = ScmIntegrations.fromConfig(config);
        configs.forEach((source, index) =>
          mustHaveIntegration(integrations, source.urls.core, index),
        );
        const organisations = Organisations.create({
          configs,
          credentials:
            DefaultAzureDevOpsCredentialsProvider.fromIntegrations(
              integrations,
            ),
        });
        providers.addProvider(
          AzureDevOpsPipelineProvider.create({
            organisations,
            classifier: ProductionClassifier.fromConfig(config),
            sourceHosts: sourceHosts.hosts,
          }),
        );
        sourceHosts.addSourceHost(
          AzureReposSourceHost.create({ organisations }),
        );
      },
    });
  },
});
