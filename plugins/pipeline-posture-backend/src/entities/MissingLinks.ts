import { ANNOTATION_SOURCE_LOCATION } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { MissingLink, Page } from 'backstage-plugin-pipeline-posture-common';
import { Visible } from '../access/EntityAccess';

interface TargetRow {
  entity_ref: string;
  group_no: number;
  key: string;
  owner: string | null;
}

/** Annotations that point at pipelines which nobody found. Links by source location are no promise and are left out. */
export class MissingLinks {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(
    { page, size }: { page: number; size: number },
    visible: Visible,
  ): Promise<Page<MissingLink>> {
    const found = this.#knex('entity_targets as f')
      .join('pipeline_keys as k', 'k.key', 'f.key')
      .whereRaw('f.entity_ref = t.entity_ref')
      .whereRaw('f.group_no = t.group_no')
      .groupBy('k.pipeline_id')
      .havingRaw('count(*) = max(f.group_size)')
      .select(this.#knex.raw('1'));
    const rows: TargetRow[] = await this.#knex('entity_targets as t')
      .join('entities as n', 'n.entity_ref', 't.entity_ref')
      .whereNot('t.key', 'like', `${ANNOTATION_SOURCE_LOCATION}=%`)
      .whereNotExists(found)
      .orderBy(['t.entity_ref', 't.group_no', 't.key'])
      .select('t.entity_ref', 't.group_no', 't.key', 'n.owner');
    const groups = new Map<string, MissingLink>();
    for (const { entity_ref, group_no, key, owner } of rows) {
      if (visible !== 'all' && !visible.has(entity_ref)) continue;
      const name = `${entity_ref} ${group_no}`;
      const link = groups.get(name) ?? {
        entityRef: entity_ref,
        ...(owner && { owner }),
        annotations: [],
      };
      const split = key.indexOf('=');
      link.annotations.push({
        annotation: key.slice(0, split),
        value: key.slice(split + 1),
      });
      groups.set(name, link);
    }
    const all = [...groups.values()];
    return {
      items: all.slice((page - 1) * size, page * size),
      total: all.length,
      page,
      size,
    };
  }
}
