import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import { PIPELINE_ANNOTATIONS } from 'backstage-plugin-pipeline-posture-common';

/** What can link an entity to a pipeline. */
export const LINKING_ANNOTATIONS: readonly string[] = [
  ...PIPELINE_ANNOTATIONS,
  ANNOTATION_SOURCE_LOCATION,
];
