import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  EntityLabels,
  PipelinePostureApi,
} from 'backstage-plugin-pipeline-posture-common';

/** Tells which entities to process again. */
export type LabelListener = (entityRefs: string[]) => Promise<void>;

/**
 * Up to this many entities are processed at once after a start. With more, each waits for its turn in the catalog's own loop,
 * which the cached labels bridge.
 */
const MOST_AT_START = 2000;

/**
 * Holds the labels of all entities in memory and follows their changes.
 *
 * While the backend cannot be reached the last labels stay: dropping them would make every entity leave the catalog filter at once.
 */
export class LabelFeed {
  readonly #api: Pick<PipelinePostureApi, 'getLabels'>;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  #labels = new Map<string, EntityLabels>();
  #cursor?: string;
  #following?: Promise<void>;
  #silent = false;

  constructor(options: {
    api: Pick<PipelinePostureApi, 'getLabels'>;
    auth: AuthService;
    logger: LoggerService;
  }) {
    this.#api = options.api;
    this.#auth = options.auth;
    this.#logger = options.logger;
  }

  /** True once all labels have been read. Before that nothing can be said of any entity. */
  get ready(): boolean {
    return this.#cursor !== undefined;
  }

  labelsOf(entityRef: string): EntityLabels | undefined {
    return this.#labels.get(entityRef);
  }

  /** Fetches what changed and tells the listener. Calls that overlap share one look. */
  async follow(listener: LabelListener): Promise<void> {
    this.#following ??= this.#follow(listener).finally(() => {
      this.#following = undefined;
    });
    return this.#following;
  }

  async #follow(listener: LabelListener): Promise<void> {
    try {
      let more = true;
      while (more) more = await this.#next(listener);
      this.#silent = false;
    } catch (error) {
      // Once is enough: the next looks will most likely fail in the same way.
      if (!this.#silent) {
        this.#logger.warn(
          'Pipeline posture labels could not be read; the last ones stay',
          {
            error: error instanceof Error ? error.name : 'unexpected error',
          },
        );
      }
      this.#silent = true;
    }
  }

  async #next(listener: LabelListener): Promise<boolean> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'pipeline-posture',
    });
    const changes = await this.#api.getLabels(this.#cursor, { token });
    const starting = this.#cursor === undefined;
    const changed = this.#apply(changes.items, changes.complete && !starting);
    // Moved on only after the listener was told, so that a failure there is made good next time.
    if (changed.length > 0 && (!starting || changed.length <= MOST_AT_START)) {
      await listener(changed);
    }
    this.#cursor = changes.cursor;
    return changes.more;
  }

  #apply(items: readonly EntityLabels[], startOver: boolean): string[] {
    const changed = new Set<string>();
    if (startOver) {
      [...this.#labels.keys()].forEach(ref => changed.add(ref));
      this.#labels = new Map();
    }
    for (const item of items) {
      changed.add(item.entityRef);
      if (item.compliance) this.#labels.set(item.entityRef, item);
      else this.#labels.delete(item.entityRef);
    }
    return [...changed];
  }
}
