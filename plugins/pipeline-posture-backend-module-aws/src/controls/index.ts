import { Control } from 'backstage-plugin-pipeline-posture-node';

/** The controls that only AWS pipelines can be asked. */
export const awsControls: readonly Control[] = [];
