import { Control } from 'backstage-plugin-pipeline-posture-node';
import { serviceConnectionOpenToAllPipelines } from './service-connection-open-to-all-pipelines';

/** Controls that only Azure DevOps has, in the order in which people see them. */
export const azureDevOpsControls: readonly Control[] = [
  serviceConnectionOpenToAllPipelines,
];
