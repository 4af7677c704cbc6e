import { Entity } from '@backstage/catalog-model';
import { LINKING_ANNOTATIONS } from './linkingAnnotations';

/**
 * Whether an entity says anything that can link it to a pipeline: an annotation for that purpose, or a source location.
 * For the condition of the card and the tab in an app of the legacy frontend system.
 *
 * @public
 */
export function isPipelinePostureAvailable(entity: Entity): boolean {
  return LINKING_ANNOTATIONS.some(
    annotation => entity.metadata.annotations?.[annotation] !== undefined,
  );
}
