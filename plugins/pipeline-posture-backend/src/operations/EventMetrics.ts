import { MetricsService } from '@backstage/backend-plugin-api/alpha';

/** How many events sources sent, and what became of them. */
export class EventMetrics {
  readonly #events;

  constructor(metrics: MetricsService) {
    this.#events = metrics.createCounter('pipeline_posture.events', {
      description:
        'Events of sources, by provider and what became of them: taken, repeated, ignored',
    });
  }

  event(provider: string, outcome: 'taken' | 'repeated' | 'ignored'): void {
    this.#events.add(1, { provider, outcome });
  }
}
