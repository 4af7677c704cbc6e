import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { RunView } from 'backstage-plugin-pipeline-posture-common';
import {
  CallOutcome,
  SourceProblem,
} from 'backstage-plugin-pipeline-posture-node';
import { Assessment } from '../evaluation/assessment';

/** Numbers for those who operate it. Labels are of a fixed, small set: never names of pipelines or people. */
export class RunMetrics {
  readonly #runs;
  readonly #duration;
  readonly #problems;
  readonly #results;
  readonly #unknowns;
  readonly #calls;

  constructor(metrics: MetricsService) {
    this.#runs = metrics.createCounter('pipeline_posture.runs', {
      description: 'Runs over a scope, by provider and how they ended',
    });
    this.#duration = metrics.createHistogram('pipeline_posture.run.duration', {
      description: 'How long runs take',
      unit: 's',
    });
    this.#problems = metrics.createCounter('pipeline_posture.problems', {
      description: 'What runs could not read, by provider and reason',
    });
    this.#results = metrics.createCounter('pipeline_posture.results', {
      description:
        'Results of controls that were evaluated, by provider and status',
    });
    this.#unknowns = metrics.createCounter('pipeline_posture.unknowns', {
      description: 'Unknown results, by provider and reason',
    });
    this.#calls = metrics.createCounter('pipeline_posture.calls', {
      description: 'Calls to sources, by provider and how they ended',
    });
  }

  /** Counts a call to a source; `throttled` says that too much was asked. */
  call(provider: string, outcome: CallOutcome): void {
    this.#calls.add(1, { provider, outcome });
  }

  run(run: {
    provider: string;
    status: RunView['status'];
    seconds: number;
    problems: readonly SourceProblem[];
  }): void {
    const { provider, status } = run;
    this.#runs.add(1, { provider, status });
    this.#duration.record(run.seconds, { provider, status });
    for (const { reason } of run.problems)
      this.#problems.add(1, { provider, reason: reason.code });
  }

  assessed(provider: string, { findings }: Assessment): void {
    for (const { status, instances } of findings) {
      this.#results.add(1, { provider, status });
      const reason =
        status === 'unknown' && instances.find(i => i.reason)?.reason;
      if (reason) this.#unknowns.add(1, { provider, reason: reason.code });
    }
  }
}
