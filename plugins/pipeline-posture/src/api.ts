import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  PipelinePostureApi,
  PipelinePostureFleetApi,
  PipelinePostureInsightApi,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * The API of the backend, as the screens use it. Implemented by `PipelinePostureClient`.
 *
 * @public
 */
export const pipelinePostureApiRef = createApiRef<
  PipelinePostureApi & PipelinePostureFleetApi & PipelinePostureInsightApi
>().with({
  id: 'plugin.pipeline-posture.service',
  pluginId: 'pipeline-posture',
});
