import { parseEntityRef } from '@backstage/catalog-model';
import { IndexableDocument } from '@backstage/plugin-search-common';
import {
  ControlMetadata,
  PipelineSummary,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * A pipeline of an entity, as search finds it. It holds nothing of its posture: who may read the entity may find it.
 *
 * @public
 */
export interface PipelineDocument extends IndexableDocument {
  pipelineId: string;
  entityRef: string;
  platform: string;
}

/**
 * A control, as search finds it.
 *
 * @public
 */
export interface ControlDocument extends IndexableDocument {
  controlId: string;
  severity: string;
  dimension: string;
}

/** One document for each entity that a pipeline belongs to; each opens the pipeline on that entity's tab. */
export const pipelineDocuments = (
  pipeline: PipelineSummary,
): PipelineDocument[] =>
  pipeline.entityRefs.map(entityRef => {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [namespace, kind, name].map(encodeURIComponent).join('/');
    const search = new URLSearchParams({ pipeline: pipeline.id });
    return {
      title: pipeline.name,
      text: `${pipeline.scope}, ${name}`,
      location: `/catalog/${path}/pipeline-posture?${search}`,
      authorization: { resourceRef: entityRef },
      pipelineId: pipeline.id,
      entityRef,
      platform: pipeline.provider,
    };
  });

/** A control says the same to everybody, so it needs no authorization of its own. */
export const controlDocument = (control: ControlMetadata): ControlDocument => ({
  title: control.title,
  text: `${control.why} ${control.measure}`,
  location: `/pipeline-posture/controls/${encodeURIComponent(control.id)}`,
  controlId: control.id,
  severity: control.severity,
  dimension: control.dimension,
});
