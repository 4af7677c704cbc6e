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

const isSame = (a: EntityLabels | undefined, b: EntityLabels | undefined) =>
  a?.compliance === b?.compliance && a?.grade === b?.grade;

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
  /** All labels while they are read anew, page by page: until the last one, the others hold. */
  #anew?: Map<string, EntityLabels>;
  #ready = false;
  #cursor?: string;
  /** Entities that the listener still has to be told of. */
  readonly #untold = new Set<string>();
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
    return this.#ready;
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
    if (changes.complete) this.#anew = new Map();
    const labels = this.#anew ?? this.#labels;
    for (const item of changes.items) {
      if (!this.#anew) this.#untold.add(item.entityRef);
      if (item.compliance) labels.set(item.entityRef, item);
      else labels.delete(item.entityRef);
    }
    this.#cursor = changes.cursor;
    if (this.#anew && !changes.more) this.#replace(this.#anew);
    await this.#tell(listener);
    return changes.more;
  }

  /** All labels have been read. */
  #replace(labels: Map<string, EntityLabels>) {
    const old = this.#labels;
    const changed = [...new Set([...old.keys(), ...labels.keys()])].filter(
      ref => !isSame(old.get(ref), labels.get(ref)),
    );
    if (this.#ready || changed.length <= MOST_AT_START)
      changed.forEach(ref => this.#untold.add(ref));
    this.#labels = labels;
    this.#anew = undefined;
    this.#ready = true;
  }

  /** What fails here is told next time. */
  async #tell(listener: LabelListener): Promise<void> {
    if (this.#untold.size === 0) return;
    const refs = [...this.#untold];
    await listener(refs);
    refs.forEach(ref => this.#untold.delete(ref));
  }
}
