import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { AlertConfig } from '../config/readConfig';
import { EndingExemption } from '../exemptions/endingOn';
import { EntityStore } from '../store/EntityStore';
import { PipelineStore } from '../store/PipelineStore';
import { Deliveries } from './Deliveries';
import { PostureChange } from './PostureChange';
import { Reminders } from './Reminders';
import { newPass, Pass, Tries } from './Tries';
import { UntoldPlace, UntoldStore } from './UntoldStore';
import { counted, lineOf } from './words';

/** Topics on Backstage's event bus. */
export const TOPICS = {
  pipelineChanged: 'pipeline-posture.pipeline-changed',
  labelsChanged: 'pipeline-posture.labels-changed',
  runFinished: 'pipeline-posture.run-finished',
} as const;

/** Channel of signals about runs that are going on. */
export const RUNS_CHANNEL = 'pipeline-posture:runs';

const MOST_LINES = 10;
/** An installation may have nobody who takes notifications. */
const TRIED_FOR_MS = 24 * 3600_000;
const EVENT_BUS = 'the event bus';

/** Tells others what changed: the event bus, the owners, the screens. What fails here fails nothing else. */
export class Announcer {
  readonly #events: EventsService;
  readonly #notifications: NotificationService;
  readonly #signals: SignalsService;
  readonly #entities: EntityStore;
  readonly #untold: UntoldStore;
  readonly #logger: LoggerService;
  readonly #alerts: AlertConfig;
  readonly #deliveries = new Deliveries();
  readonly #tries = new Tries();
  readonly #reminders: Reminders;

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
    this.#untold = options.untold;
    this.#logger = options.logger;
    this.#alerts = options.alerts;
    this.#reminders = new Reminders(options);
  }

  /**
   * Changes of one run, or of one change of rules: at most one notification for each owner. What cannot be sent is tried
   * again by {@link announceLeft}.
   */
  async announce(changes: readonly PostureChange[]): Promise<void> {
    const failed = await this.#tell(changes, newPass());
    const told = changes
      .map(({ eventId }) => eventId)
      .filter(id => !failed.has(id));
    await this.#safely('note that changes were told', () => this.#done(told));
  }

  /**
   * Tells what nobody told: changes of replicas that died, those that follow from no run, and what could not be sent. Some
   * may be told twice, none is never told, unless nobody takes it for a day.
   *
   * @param before - when the youngest of them was made: whoever made a younger one is about to tell it
   * @returns how many
   */
  async announceLeft(now: Date, before: Date): Promise<number> {
    const tooOld = new Date(now.getTime() - TRIED_FOR_MS).toISOString();
    const pass = newPass();
    let told = 0;
    // What could not be sent stays: the next page begins behind it, for others can still be told.
    let after: UntoldPlace | undefined;
    do {
      const { left, changes, next } = await this.#untold.left(
        now,
        before,
        after,
      );
      const failed = await this.#tell(changes, pass);
      await this.#done(
        left.flatMap(({ eventId, at }) =>
          failed.has(eventId) && at >= tooOld ? [] : [eventId],
        ),
      );
      told += left.length - failed.size;
      after = next;
    } while (after);
    return told;
  }

  async #done(eventIds: readonly string[]): Promise<void> {
    await this.#untold.told(eventIds);
    this.#deliveries.forget(eventIds);
  }

  /** @returns ids of events that somebody could not be told of */
  async #tell(
    changes: readonly PostureChange[],
    pass: Pass,
  ): Promise<Set<string>> {
    const failed = new Set<string>();
    const tell = async (
      eventIds: string[],
      who: string,
      what: string,
      send: () => Promise<void>,
    ) => {
      const sent = await this.#safely(what, send, pass);
      if (sent) this.#deliveries.note(eventIds, who);
      else eventIds.forEach(id => failed.add(id));
      return sent;
    };
    for (const { newCritical, ...change } of changes) {
      const { eventId } = change;
      if (this.#deliveries.has(eventId, EVENT_BUS)) continue;
      await tell([eventId], EVENT_BUS, 'event', () =>
        this.#events.publish({
          topic: TOPICS.pipelineChanged,
          eventPayload: { ...change, newCriticalControls: newCritical },
        }),
      );
    }
    this.#tries.beginPage(pass);
    const owners = this.#tries.inOrder(await this.#loudFor(changes));
    for (const [owner, loud] of owners) {
      const eventIds = loud.map(({ eventId }) => eventId);
      if (this.#tries.hasGivenUp(pass)) {
        eventIds.forEach(id => failed.add(id));
        continue;
      }
      const lines = [...new Set(loud.map(({ line }) => line))];
      const sent = await tell(eventIds, owner, 'notification', () =>
        this.#notify(owner, lines),
      );
      this.#tries.note(pass, owner, sent);
      if (sent) this.#reminders.received();
    }
    return failed;
  }

  /** What each owner must hear of and has not heard yet. */
  async #loudFor(
    changes: readonly PostureChange[],
  ): Promise<Map<string, Array<{ eventId: string; line: string }>>> {
    const byOwner = new Map<string, Array<{ eventId: string; line: string }>>();
    if (!this.#alerts.enabled) return byOwner;
    const loud = changes.flatMap(change => {
      const line = lineOf(change, this.#alerts);
      return line ? [{ ...change, line }] : [];
    });
    if (loud.length === 0) return byOwner;
    const owners = await this.#entities.ownersOf(
      loud.map(({ pipelineId }) => pipelineId),
    );
    for (const { eventId, pipelineId, line } of loud) {
      for (const owner of owners.get(pipelineId) ?? []) {
        if (this.#deliveries.has(eventId, owner)) continue;
        const lines = byOwner.get(owner) ?? [];
        byOwner.set(owner, [...lines, { eventId, line }]);
      }
    }
    return byOwner;
  }

  async #notify(owner: string, lines: string[]): Promise<void> {
    const shown = lines.slice(0, MOST_LINES);
    if (lines.length > shown.length)
      shown.push(`and ${lines.length - shown.length} more`);
    await this.#notifications.send({
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
    });
  }

  /**
   * An exemption ends in some days.
   *
   * @returns false if nobody could be told; say it again with each upkeep, it is not always tried
   */
  async exemptionEnds(due: EndingExemption, now: Date): Promise<boolean> {
    if (!this.#alerts.enabled || !this.#alerts.exemptionEnds) return true;
    return this.#reminders.send(due, now);
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

  /** @returns whether it worked */
  async #safely(
    what: string,
    tell: () => Promise<void>,
    { warned }: Pass = newPass(),
  ): Promise<boolean> {
    try {
      await tell();
      return true;
    } catch (error) {
      if (warned.has(what)) return false;
      warned.add(what);
      this.#logger.warn(`A ${what} could not be sent`, {
        error: error instanceof Error ? error.name : 'unexpected error',
      });
      return false;
    }
  }
}
