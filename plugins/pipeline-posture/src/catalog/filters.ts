import { Entity } from '@backstage/catalog-model';
import { EntityFilter } from '@backstage/plugin-catalog-react';
import {
  COMPLIANCE_LABEL,
  GRADE_LABEL,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * Filters the catalog by a label. The catalog's backend does it, so that it holds over all pages of the list.
 *
 * @public
 */
export abstract class EntityPipelineLabelFilter implements EntityFilter {
  readonly #label: string;
  readonly values: string[];

  constructor(label: string, values: string[]) {
    this.#label = label;
    this.values = values;
  }

  getCatalogFilters(): Record<string, string[]> {
    return { [`metadata.labels.${this.#label}`]: this.values };
  }

  filterEntity(entity: Entity): boolean {
    const value = entity.metadata.labels?.[this.#label];
    return value !== undefined && this.values.includes(value);
  }

  toQueryValue(): string[] {
    return this.values;
  }
}

/**
 * Filters the catalog by whether an entity's pipelines comply.
 *
 * @public
 */
export class EntityPipelineComplianceFilter extends EntityPipelineLabelFilter {
  /** @param values - `compliant`, `unknown`, `non-compliant`; any of them */
  constructor(values: string[]) {
    super(COMPLIANCE_LABEL, values);
  }
}

/**
 * Filters the catalog by the grade of an entity's pipelines.
 *
 * @public
 */
export class EntityPipelineGradeFilter extends EntityPipelineLabelFilter {
  /** @param values - `A` to `F`, `not-graded`; any of them */
  constructor(values: string[]) {
    super(GRADE_LABEL, values);
  }
}
