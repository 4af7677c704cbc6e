import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ANNOTATION_SOURCE_LOCATION, Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import {
  linkKey,
  MissingLink,
  Page,
  PipelineAnnotation,
} from 'backstage-plugin-pipeline-posture-common';
import { Visible } from '../access/EntityAccess';
import { fit } from '../store/fit';

type MissingKeys = Omit<MissingLink, 'annotations'> & { keys: string[] };

interface TargetRow {
  entity_ref: string;
  group_no: number;
  key: string;
  owner: string | null;
}

/** What a key was made of. It is in lower case, and cut where it is long: people know their annotation as they wrote it. */
function annotationOf(key: string, entity?: Entity): PipelineAnnotation {
  const split = key.indexOf('=');
  const annotation = key.slice(0, split);
  const whole = entity?.metadata.annotations?.[annotation] ?? '';
  const written = [whole, ...whole.split(',')].find(
    value => fit(linkKey(annotation, value)) === key,
  );
  return { annotation, value: written?.trim() ?? key.slice(split + 1) };
}

/** Annotations that point at pipelines which nobody found. Links by source location are no promise and are left out. */
export class MissingLinks {
  readonly #knex: Knex;
  readonly #catalog: CatalogService;

  constructor(options: { knex: Knex; catalog: CatalogService }) {
    this.#knex = options.knex;
    this.#catalog = options.catalog;
  }

  async list(
    { page, size }: { page: number; size: number },
    visible: Visible,
    credentials: BackstageCredentials,
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
    const groups = new Map<string, MissingKeys>();
    for (const { entity_ref, group_no, key, owner } of rows) {
      if (visible !== 'all' && !visible.has(entity_ref)) continue;
      const name = `${entity_ref} ${group_no}`;
      const link = groups.get(name) ?? {
        entityRef: entity_ref,
        ...(owner && { owner }),
        keys: [],
      };
      link.keys.push(key);
      groups.set(name, link);
    }
    const all = [...groups.values()];
    const shown = all.slice((page - 1) * size, page * size);
    const entities = await this.#entities(shown, credentials);
    return {
      items: shown.map(({ keys, ...link }, i) => ({
        ...link,
        annotations: keys.map(key => annotationOf(key, entities[i])),
      })),
      total: all.length,
      page,
      size,
    };
  }

  /** Entities as they are now, in the order of their links. */
  async #entities(
    links: readonly MissingKeys[],
    credentials: BackstageCredentials,
  ): Promise<Array<Entity | undefined>> {
    if (links.length === 0) return [];
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: links.map(({ entityRef }) => entityRef),
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.annotations',
        ],
      },
      { credentials },
    );
    return items;
  }
}
