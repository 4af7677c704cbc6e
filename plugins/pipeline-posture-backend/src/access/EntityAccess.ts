import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { pipelinePostureFindingReadPermission } from 'backstage-plugin-pipeline-posture-common';

/** The entities whose posture a caller may see. */
export type Visible = 'all' | ReadonlySet<string>;

/** How long the answer for a caller is kept; a right that is taken away works on at most this long. */
const KEEP_MS = 30_000;
const AUTHORIZE_AT_ONCE = 500;

/**
 * Decides what a caller may see, with the caller's own credentials.
 *
 * A policy that decides without looking at entities costs no catalog call. One that does is asked once for all
 * entities of the catalog, and its answer is kept for half a minute.
 */
export class EntityAccess {
  readonly #catalog: CatalogService;
  readonly #permissions: PermissionsService;
  readonly #auth: AuthService;
  readonly #now: () => number;
  readonly #kept = new Map<string, { at: number; visible: Promise<Visible> }>();

  constructor(options: {
    catalog: CatalogService;
    permissions: PermissionsService;
    auth: AuthService;
    now?: () => number;
  }) {
    this.#catalog = options.catalog;
    this.#permissions = options.permissions;
    this.#auth = options.auth;
    this.#now = options.now ?? Date.now;
  }

  /**
   * The entity, if the caller may read it and its posture.
   *
   * @throws NotFoundError, the same whether it does not exist or is hidden
   */
  async entity(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<Entity> {
    const hidden = () =>
      new NotFoundError('It does not exist, or you do not have access.');
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    if (!entity) throw hidden();
    const [decision] = await this.#permissions.authorize(
      [
        {
          permission: pipelinePostureFindingReadPermission,
          resourceRef: stringifyEntityRef(entity),
        },
      ],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) throw hidden();
    return entity;
  }

  /** All entities whose posture the caller may see. */
  async visible(credentials: BackstageCredentials): Promise<Visible> {
    if (!this.#auth.isPrincipal(credentials, 'user'))
      return this.#ask(credentials);
    const key = (credentials as BackstageCredentials<BackstageUserPrincipal>)
      .principal.userEntityRef;
    const kept = this.#kept.get(key);
    if (kept && this.#now() - kept.at < KEEP_MS) return kept.visible;
    const visible = this.#ask(credentials);
    this.#kept.set(key, { at: this.#now(), visible });
    visible.catch(() => this.#kept.delete(key));
    this.#forgetOld();
    return visible;
  }

  #forgetOld() {
    for (const [key, { at }] of this.#kept) {
      if (this.#now() - at >= KEEP_MS) this.#kept.delete(key);
    }
  }

  async #ask(credentials: BackstageCredentials): Promise<Visible> {
    const [read, see] = await this.#permissions.authorizeConditional(
      [
        { permission: catalogEntityReadPermission },
        { permission: pipelinePostureFindingReadPermission },
      ],
      { credentials },
    );
    if (
      read.result === AuthorizeResult.DENY ||
      see.result === AuthorizeResult.DENY
    ) {
      return new Set();
    }
    if (
      read.result === AuthorizeResult.ALLOW &&
      see.result === AuthorizeResult.ALLOW
    ) {
      return 'all';
    }
    const readable: string[] = [];
    for await (const page of this.#catalog.streamEntities(
      { fields: ['kind', 'metadata.name', 'metadata.namespace'] },
      { credentials },
    )) {
      readable.push(...page.map(entity => stringifyEntityRef(entity)));
    }
    if (see.result === AuthorizeResult.ALLOW) return new Set(readable);
    return new Set(await this.#mayBeSeen(readable, credentials));
  }

  async #mayBeSeen(
    refs: string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const seen: string[] = [];
    for (let i = 0; i < refs.length; i += AUTHORIZE_AT_ONCE) {
      const some = refs.slice(i, i + AUTHORIZE_AT_ONCE);
      const decisions = await this.#permissions.authorize(
        some.map(resourceRef => ({
          permission: pipelinePostureFindingReadPermission,
          resourceRef,
        })),
        { credentials },
      );
      seen.push(
        ...some.filter((_, n) => decisions[n].result === AuthorizeResult.ALLOW),
      );
    }
    return seen;
  }
}
