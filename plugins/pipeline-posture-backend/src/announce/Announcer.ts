import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { AlertConfig } from '../config/readConfig';
import { StoredExemption } from '../exemptions/ExemptionStore';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { PostureChange } from './PostureChange';
import { UntoldStore } from './UntoldStore';

/** Topics on Backstage's event bus. */
export const TOPICS = {
  pipelineChanged: 'pipeline-posture.pipeline-changed',
  labelsChanged: 'pipeline-posture.labels-changed',
  runFinished: 'pipeline-posture.run-finished',
} as const;

/** Channel of signals about runs that are going on. */
export const RUNS_CHANNEL = 'pipeline-posture:runs';

const MOST_LINES = 10;

const counted = (n: number, one: string, many: string) =>
  n === 1 ? `1 ${one}` : `${n} ${many}`;

/** One line for each pipeline that an owner must hear of. */
function lineOf(
  change: PostureChange,
  alerts: AlertConfig,
): string | undefined {
  const { before, after, newCritical, pipelineName } = change;
  const stopped =
    before &&
    before.compliance !== 'non-compliant' &&
    after.compliance === 'non-compliant';
  if (stopped && alerts.stopsComplying) {
    return `${pipelineName} no longer complies (${before.score} → ${after.score} points)`;
  }
  // The first reading of a pipeline is no news: everything in it is new.
  if (before && newCritical.length > 0 && alerts.newCritical) {
    return `${pipelineName}: ${newCritical.join(', ')}`;
  }
  return undefined;
}

/** Tells others what changed: the event bus, the owners, the screens. What fails here fails nothing else. */
export class Announcer {
  readonly #events: EventsService;
  readonly #notifications: NotificationService;
  readonly #signals: SignalsService;
  readonly #entities: EntityStore;
  readonly #pipelines: PipelineStore;
  readonly #untold: UntoldStore;
  readonly #logger: LoggerService;
  readonly #alerts: AlertConfig;

  constructor(options: {
    events: EventsService;
    notifications: NotificationService;
    signals: SignalsService;
    entities: EntityStore;
    pipelines: PipelineStore;
    untold: UntoldStore;
    logger: LoggerService;
    alerts: AlertConfig;
  }) {
    this.#events = options.events;
    this.#notifications = options.notifications;
    this.#signals = options.signals;
    this.#entities = options.entities;
    this.#pipelines = options.pipelines;
    this.#untold = options.untold;
    this.#logger = options.logger;
    this.#alerts = options.alerts;
  }

  /** Changes of one run, or of one change of rules: at most one notification for each owner. */
  async announce(changes: readonly PostureChange[]): Promise<void> {
    await this.#tell(changes);
    await this.#safely('note that changes were told', () =>
      this.#untold.told(changes.map(({ eventId }) => eventId)),
    );
  }

  /**
   * Tells what nobody told: changes of replicas that died, and those that follow from no run. Some may be told twice,
   * none is never told.
   *
   * @param before - when the youngest of them was made: whoever made a younger one is about to tell it
   * @returns how many
   */
  async announceLeft(now: Date, before: Date): Promise<number> {
    for (let told = 0; ; ) {
      const { eventIds, changes } = await this.#untold.left(now, before);
      if (eventIds.length === 0) return told;
      await this.#tell(changes);
      await this.#untold.told(eventIds);
      told += eventIds.length;
    }
  }

  async #tell(changes: readonly PostureChange[]): Promise<void> {
    for (const { newCritical, ...change } of changes) {
      await this.#safely('event', () =>
        this.#events.publish({
          topic: TOPICS.pipelineChanged,
          eventPayload: { ...change, newCriticalControls: newCritical },
        }),
      );
    }
    if (!this.#alerts.enabled) return;
    const loud = changes.flatMap(change => {
      const line = lineOf(change, this.#alerts);
      return line ? [{ change, line }] : [];
    });
    if (loud.length === 0) return;
    const owners = await this.#entities.ownersOf(
      loud.map(({ change }) => change.pipelineId),
    );
    const byOwner = new Map<string, Set<string>>();
    for (const { change, line } of loud) {
      for (const owner of owners.get(change.pipelineId) ?? []) {
        byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(line));
      }
    }
    for (const [owner, lines] of byOwner) await this.#notify(owner, [...lines]);
  }

  async #notify(owner: string, lines: string[]): Promise<void> {
    const shown = lines.slice(0, MOST_LINES);
    if (lines.length > shown.length)
      shown.push(`and ${lines.length - shown.length} more`);
    await this.#safely('notification', () =>
      this.#notifications.send({
        recipients: { type: 'entity', entityRef: owner },
        payload: {
          title: `${counted(
            lines.length,
            'pipeline needs',
            'pipelines need',
          )} your attention`,
          description: shown.join('\n'),
          link: `/pipeline-posture?owner=${encodeURIComponent(
            owner,
          )}&compliance=non-compliant`,
          severity: 'high',
          topic: 'pipeline-posture',
        },
      }),
    );
  }

  /** An exemption ends in some days; told to who asked for it and to the owners. */
  async exemptionEnds(exemption: StoredExemption, days: number): Promise<void> {
    if (!this.#alerts.enabled || !this.#alerts.exemptionEnds) return;
    const owners = exemption.pipelineId
      ? (await this.#entities.ownersOf([exemption.pipelineId])).get(
          exemption.pipelineId,
        ) ?? []
      : await this.#entities.ownerOf(exemption.entityRef ?? '');
    const names = await this.#pipelines.names(
      exemption.pipelineId ? [exemption.pipelineId] : [],
    );
    const target =
      names.get(exemption.pipelineId ?? '') ??
      exemption.entityRef ??
      exemption.pipelineId;
    await this.#safely('notification', () =>
      this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: [...new Set([exemption.requestedBy, ...owners])],
        },
        payload: {
          title: `An exemption ends in ${counted(days, 'day', 'days')}`,
          description: `${exemption.controlId} for ${target} is tolerated until ${exemption.until}. After that it counts again.`,
          link: '/pipeline-posture/exemptions',
          severity: 'normal',
          topic: 'pipeline-posture',
          scope: `pipeline-posture.exemption.${exemption.id}`,
        },
      }),
    );
  }

  /** Entities whose labels changed; the catalog's module fetches them at once. */
  async labelsChanged(entityRefs: readonly string[]): Promise<void> {
    if (entityRefs.length === 0) return;
    await this.#safely('event', () =>
      this.#events.publish({
        topic: TOPICS.labelsChanged,
        eventPayload: { count: entityRefs.length },
      }),
    );
  }

  /** How far a run is. Carries no names: everybody receives it. */
  async progress(run: {
    id: string;
    done: number;
    total?: number;
    status: string;
  }): Promise<void> {
    await this.#safely('signal', () =>
      this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: RUNS_CHANNEL,
        message: {
          run: run.id,
          done: run.done,
          total: run.total ?? null,
          status: run.status,
        },
      }),
    );
  }

  async runFinished(run: {
    id: string;
    scope: string;
    status: string;
    pipelines: number;
  }): Promise<void> {
    await this.#safely('event', () =>
      this.#events.publish({ topic: TOPICS.runFinished, eventPayload: run }),
    );
  }

  async #safely(what: string, tell: () => Promise<void>): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#logger.warn(`A ${what} could not be sent`, {
        error: error instanceof Error ? error.name : 'unexpected error',
      });
    }
  }
}
