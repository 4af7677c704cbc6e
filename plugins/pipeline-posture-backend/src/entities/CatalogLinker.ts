import { createHash } from 'node:crypto';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import {
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  linksOfEntity,
  PIPELINE_ANNOTATIONS,
} from 'backstage-plugin-pipeline-posture-common';
import { fit } from '../store/fit';
import { EntityStore, LinkedEntity } from '../store/EntityStore';

const relation = (entity: Entity, type: string, kind?: string) =>
  entity.relations?.find(
    r => r.type === type && (!kind || r.targetRef.startsWith(`${kind}:`)),
  )?.targetRef;

/** An entity as the store keeps it; undefined if it points at nothing. */
export function toLinkedEntity(entity: Entity): LinkedEntity | undefined {
  const { targets } = linksOfEntity(entity);
  if (targets.length === 0) return undefined;
  const lifecycle = entity.spec?.lifecycle;
  const { title } = entity.metadata;
  const linked = {
    entityRef: stringifyEntityRef(entity),
    kind: entity.kind,
    title: title === undefined ? undefined : fit(title, 500),
    owner: relation(entity, RELATION_OWNED_BY),
    system: relation(entity, RELATION_PART_OF, 'system'),
    lifecycle: typeof lifecycle === 'string' ? fit(lifecycle, 200) : undefined,
    targets: targets.map(({ keys }) => [...new Set(keys.map(key => fit(key)))]),
  };
  const hash = createHash('sha256')
    .update(JSON.stringify(linked))
    .digest('hex');
  return { ...linked, hash: hash.slice(0, 32) };
}

/** Reads the catalog for entities that point at pipelines. */
export class CatalogLinker {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #entities: EntityStore;
  readonly #logger: LoggerService;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    entities: EntityStore;
    logger: LoggerService;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#entities = options.entities;
    this.#logger = options.logger;
  }

  /** One reading of the whole catalog, page by page. */
  async sync(signal: AbortSignal): Promise<void> {
    const seen = new Set<string>();
    const pages = this.#catalog.streamEntities(
      {
        filter: [...PIPELINE_ANNOTATIONS, ANNOTATION_SOURCE_LOCATION].map(
          annotation => ({
            [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
          }),
        ),
        fields: [
          'kind',
          'metadata.name',
          'metadata.namespace',
          'metadata.title',
          'metadata.annotations',
          'spec.lifecycle',
          'relations',
        ],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal.throwIfAborted();
      const linked = page.flatMap(entity => toLinkedEntity(entity) ?? []);
      const refused = await this.#entities.saveEntities(linked);
      if (refused.length > 0) {
        this.#logger.warn('Entities of the catalog could not be kept', {
          entities: refused.slice(0, 20).join(', '),
          all: refused.length,
        });
      }
      linked.forEach(({ entityRef }) => seen.add(entityRef));
    }
    await this.#entities.removeUnseen(seen);
    await this.#syncOrg(signal);
    let scored = 0;
    for await (const changed of this.#entities.settleDirty()) {
      scored += changed.length;
    }
    this.#logger.debug('Read the catalog', { entities: seen.size, scored });
  }

  /** What groups, systems and subdomains belong to, for roll-ups. */
  async #syncOrg(signal: AbortSignal): Promise<void> {
    const parents = new Map<string, string | undefined>();
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: ['Group', 'System', 'Domain'] },
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'relations'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      signal.throwIfAborted();
      for (const entity of page) {
        parents.set(
          stringifyEntityRef(entity),
          relation(entity, RELATION_CHILD_OF) ??
            relation(entity, RELATION_PART_OF, 'domain'),
        );
      }
    }
    await this.#entities.saveOrg(parents);
  }
}
