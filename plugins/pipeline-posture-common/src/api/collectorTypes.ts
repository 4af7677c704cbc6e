import { UnknownReason } from '../model';

/**
 * A scope of a source and how its collection goes.
 *
 * @public
 */
export interface ScopeView {
  id: string;
  provider: string;
  title: string;
  sourceId: string;
  state:
    | 'scheduled'
    | 'running'
    | 'ok'
    | 'incomplete'
    | 'failing'
    | 'not-configured';
  /** While it runs: how it stood before, by the run that ended last. */
  standing?: Exclude<ScopeView['state'], 'running'>;
  pipelines: number;
  nextRunAt: string;
  /** The run that goes on, or the one that ended last. */
  lastRun?: RunView;
  /** While it runs: the run that ended last. */
  lastFinishedRun?: RunView;
  /** When a run last finished without failing, ISO 8601. */
  lastGoodRunAt?: string;
}

/**
 * One run over a scope.
 *
 * @public
 */
export interface RunView {
  id: string;
  scopeId: string;
  scopeTitle: string;
  /** `abandoned`: the replica that worked on it is gone. */
  status: 'running' | 'succeeded' | 'incomplete' | 'failed' | 'abandoned';
  /** True if somebody ended it before its time; it is then `incomplete`. */
  stopped?: boolean;
  trigger: 'schedule' | 'check-again' | 'event';
  startedAt: string;
  finishedAt?: string;
  pipelinesDone: number;
  pipelinesTotal?: number;
  problems: ProblemView[];
  error?: string;
}

/**
 * Something that a run could not read.
 *
 * @public
 */
export interface ProblemView {
  subject: string;
  effect: string;
  reason: UnknownReason;
}

/**
 * How a source does.
 *
 * @public
 */
export interface SourceHealth {
  provider: string;
  sourceId: string;
  title: string;
  /**
   * `failing`: discovery or a scope of it fails; `incomplete`: something in it cannot be read;
   * `not-configured`: nothing reads it any more, and its results become unknown.
   */
  state: 'ok' | 'incomplete' | 'failing' | 'scheduled' | 'not-configured';
  /** Since when it has been failing, ISO 8601: the last time that it did not. Absent where it never worked, or works. */
  since?: string;
  scopes: number;
  failingScopes: number;
  /** When it was last asked for its scopes, ISO 8601. */
  discoveredAt?: string;
  problems: ProblemView[];
}

/**
 * How the collector does.
 *
 * @public
 */
export interface CollectorHealth {
  state: SourceHealth['state'];
  sources: SourceHealth[];
}

/**
 * An annotation that points at pipelines of which none was found.
 *
 * @public
 */
export interface MissingLink {
  entityRef: string;
  owner?: string;
  /** Annotations that a pipeline would have to match, all of them. */
  annotations: Array<{ annotation: string; value: string }>;
}
