import { benchCalls } from './calls';
import { benchThrottling } from './throttling';
import { benchYaml } from './yamlSpeed';

export * from './row';

/** The rows of the table that are about Azure DevOps, by name. */
export const azureDevOpsRows = {
  'B1 B2': benchCalls,
  B5: benchYaml,
  B10: benchThrottling,
};
