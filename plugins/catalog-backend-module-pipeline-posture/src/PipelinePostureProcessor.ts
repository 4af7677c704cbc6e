import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  COMPLIANCE_LABEL,
  complianceLabelValue,
  EntityLabels,
  GRADE_LABEL,
  gradeLabelValue,
} from 'backstage-plugin-pipeline-posture-common';
import { LabelFeed } from './LabelFeed';
import { refreshKey } from './refreshKey';

const CACHE_KEY = 'labels';

const toLabels = (found: EntityLabels | undefined): Record<string, string> => ({
  ...(found?.compliance && {
    [COMPLIANCE_LABEL]: complianceLabelValue(found.compliance),
  }),
  ...(found?.grade && { [GRADE_LABEL]: gradeLabelValue(found.grade) }),
});

/**
 * Writes the labels that the catalog is filtered by. What an author writes there is overwritten, or removed if there is no result:
 * a label that a team could set itself would be worth nothing.
 */
export class PipelinePostureProcessor implements CatalogProcessor {
  readonly #feed: LabelFeed | undefined;

  /** @param feed - where labels come from; without it they are only removed */
  constructor(feed: LabelFeed | undefined) {
    this.#feed = feed;
  }

  getProcessorName(): string {
    return 'PipelinePostureProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    const entityRef = stringifyEntityRef(entity);
    if (this.#feed) emit(processingResult.refresh(refreshKey(entityRef)));
    const {
      [COMPLIANCE_LABEL]: _compliance,
      [GRADE_LABEL]: _grade,
      ...others
    } = entity.metadata.labels ?? {};
    const labels = { ...others, ...(await this.#labelsOf(entityRef, cache)) };
    const { labels: _old, ...metadata } = entity.metadata;
    return {
      ...entity,
      metadata: {
        ...metadata,
        ...(Object.keys(labels).length > 0 && { labels }),
      },
    };
  }

  /** The labels by the feed; until it has been read after a start, those of the last processing. */
  async #labelsOf(
    entityRef: string,
    cache: CatalogProcessorCache,
  ): Promise<Record<string, string>> {
    if (!this.#feed) return {};
    const last = await cache.get<Record<string, string>>(CACHE_KEY);
    if (!this.#feed.ready) return last ?? {};
    const labels = toLabels(this.#feed.labelsOf(entityRef));
    if (JSON.stringify(labels) !== JSON.stringify(last ?? {})) {
      await cache.set(CACHE_KEY, labels);
    }
    return labels;
  }
}
