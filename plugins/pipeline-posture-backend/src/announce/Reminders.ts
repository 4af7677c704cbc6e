import { LoggerService } from '@backstage/backend-plugin-api';
import {
  NotificationSendOptions,
  NotificationService,
} from '@backstage/plugin-notifications-node';
import { EndingExemption } from '../exemptions/endingOn';
import { StoredExemption } from '../exemptions/exemptionRows';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { counted } from './words';

const FIRST_WAIT_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 24 * 3600_000;

/**
 * Tells people that an exemption ends in some days. Whether anybody takes notifications shows only when one is sent, and
 * many installations have nobody: one that could not be sent waits twice as long each time, a day at most, until one
 * could. In memory: each process finds out for itself.
 */
export class Reminders {
  readonly #notifications: NotificationService;
  readonly #entities: EntityStore;
  readonly #pipelines: PipelineStore;
  readonly #logger: LoggerService;
  /** Of each reminder that could not be sent: when it is tried again, and how long it waits for that. */
  readonly #waiting = new Map<string, { until: number; wait: number }>();

  constructor(options: {
    notifications: NotificationService;
    entities: EntityStore;
    pipelines: PipelineStore;
    logger: LoggerService;
  }) {
    this.#notifications = options.notifications;
    this.#entities = options.entities;
    this.#pipelines = options.pipelines;
    this.#logger = options.logger;
  }

  /** Somebody takes notifications: nothing waits any longer. */
  received(): void {
    this.#waiting.clear();
  }

  /**
   * Tells who asked for the exemption, and the owners.
   *
   * @returns whether they were told
   */
  async send(due: EndingExemption, now: Date): Promise<boolean> {
    const key = `${due.exemption.id} ${due.step}`;
    const before = this.#waiting.get(key);
    if (before && now.getTime() < before.until) return false;
    const notification = await this.#notificationOf(due);
    try {
      await this.#notifications.send(notification);
    } catch (error) {
      // One warning says as much as one for each exemption and each try.
      if (this.#waiting.size === 0) {
        this.#logger.warn(
          'Nobody could be reminded that an exemption ends; this is tried again more and more seldom',
          { error: error instanceof Error ? error.name : 'unexpected error' },
        );
      }
      const wait = before
        ? Math.min(2 * before.wait, LONGEST_WAIT_MS)
        : FIRST_WAIT_MS;
      this.#waiting.set(key, { until: now.getTime() + wait, wait });
      return false;
    }
    this.received();
    return true;
  }

  async #notificationOf({
    exemption,
    days,
  }: EndingExemption): Promise<NotificationSendOptions> {
    const { id, controlId, requestedBy, until } = exemption;
    const owners = await this.#ownersOf(exemption);
    const target = await this.#targetOf(exemption);
    return {
      recipients: {
        type: 'entity',
        entityRef: [...new Set([requestedBy, ...owners])],
      },
      payload: {
        title: `An exemption ends in ${counted(days, 'day', 'days')}`,
        description: `${controlId} for ${target} is tolerated until ${until}. After that it counts again.`,
        link: '/pipeline-posture/exemptions',
        severity: 'normal',
        topic: 'pipeline-posture',
        scope: `pipeline-posture.exemption.${id}`,
      },
    };
  }

  async #ownersOf({ pipelineId, entityRef }: StoredExemption) {
    if (!pipelineId) return this.#entities.ownerOf(entityRef ?? '');
    const owners = await this.#entities.ownersOf([pipelineId]);
    return owners.get(pipelineId) ?? [];
  }

  async #targetOf({ pipelineId, entityRef }: StoredExemption) {
    const names = await this.#pipelines.names(pipelineId ? [pipelineId] : []);
    return names.get(pipelineId ?? '') ?? entityRef ?? pipelineId;
  }
}
