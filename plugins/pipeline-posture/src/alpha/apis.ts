import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { PipelinePostureClient } from 'backstage-plugin-pipeline-posture-common';
import { pipelinePostureApiRef } from '../api';

/** @alpha */
export const pipelinePostureApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: pipelinePostureApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: ({ discoveryApi, fetchApi }) =>
        new PipelinePostureClient({ discoveryApi, fetchApi }),
    }),
});
