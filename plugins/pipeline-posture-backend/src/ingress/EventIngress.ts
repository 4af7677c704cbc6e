import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { Knex } from 'knex';
import {
  EventConcern,
  PipelineProvider,
} from 'backstage-plugin-pipeline-posture-node';
import { EventMetrics } from '../operations/EventMetrics';
import { withoutValues } from '../store/databaseError';
import { concernedPipelines } from './concerned';
import { RecheckQueue } from './RecheckQueue';

/** Deliveries that are remembered, so that one that comes again is seen as the same. */
const MOST_SEEN = 10_000;

/** Reads again what events of a source are about, within seconds. */
export class EventIngress {
  readonly #events: EventsService;
  readonly #knex: Knex;
  readonly #providers: readonly PipelineProvider[];
  readonly #queue: RecheckQueue;
  readonly #metrics: EventMetrics;
  readonly #logger: LoggerService;
  readonly #seen = new Set<string>();

  constructor(options: {
    events: EventsService;
    knex: Knex;
    providers: readonly PipelineProvider[];
    queue: RecheckQueue;
    metrics: EventMetrics;
    logger: LoggerService;
  }) {
    this.#events = options.events;
    this.#knex = options.knex;
    this.#providers = options.providers;
    this.#queue = options.queue;
    this.#metrics = options.metrics;
    this.#logger = options.logger;
  }

  /** Listens to what every provider's source tells. */
  async start(): Promise<void> {
    this.#queue.start();
    for (const provider of this.#providers) {
      if (!provider.events) continue;
      await this.#events.subscribe({
        id: `pipeline-posture.${provider.id}`,
        topics: [provider.events.topic],
        onEvent: ({ eventPayload }) => this.#receive(provider, eventPayload),
      });
    }
  }

  stop(): void {
    this.#queue.stop();
  }

  async #receive(provider: PipelineProvider, payload: unknown): Promise<void> {
    const concern = provider.events?.concernOf(payload);
    if (!concern) {
      this.#metrics.event(provider.id, 'ignored');
      return;
    }
    const name = `${provider.id} ${concern.eventId}`;
    if (this.#seen.has(name)) {
      this.#metrics.event(provider.id, 'repeated');
      return;
    }
    this.#remember(name);
    const refs = await this.#concerned(provider.id, concern, name);
    const taken = this.#queue.add(refs);
    this.#metrics.event(provider.id, taken > 0 ? 'taken' : 'ignored');
    this.#logger.debug('An event was received', {
      provider: provider.id,
      pipelines: refs.length,
    });
  }

  async #concerned(provider: string, concern: EventConcern, name: string) {
    try {
      return await concernedPipelines(this.#knex, provider, concern);
    } catch (error) {
      // When it is delivered again, it is not a repetition.
      this.#seen.delete(name);
      throw withoutValues(error);
    }
  }

  #remember(name: string) {
    this.#seen.add(name);
    if (this.#seen.size > MOST_SEEN) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest);
    }
  }
}
