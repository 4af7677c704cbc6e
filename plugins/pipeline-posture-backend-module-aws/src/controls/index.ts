import { Control } from 'backstage-plugin-pipeline-posture-node';
import { approvalsReachSomeone } from './approvals-reach-someone';
import { buildContainerNotPrivileged } from './build-container-not-privileged';
import { buildImageIsPinned } from './build-image-is-pinned';
import { changesAreAlerted } from './changes-are-alerted';
import { externalActionProvider } from './external-action-provider';
import { sourceRepositoryIsPrivate } from './source-repository-is-private';
import { webhookIsAuthenticated } from './webhook-is-authenticated';

/** The controls that only AWS pipelines can be asked. */
export const awsControls: readonly Control[] = [
  externalActionProvider,
  buildContainerNotPrivileged,
  sourceRepositoryIsPrivate,
  buildImageIsPinned,
  webhookIsAuthenticated,
  changesAreAlerted,
  approvalsReachSomeone,
];
