import { CodeLocation, Fact, UnknownReason } from './fact';
import { Principal } from './source';

/**
 * A place where a value stands that looks like a secret. The value itself is never kept.
 *
 * @public
 */
export interface Leak {
  /** In words: `variable DB_PASSWORD of stage Production`. */
  where: string;
  /** Which pattern it matched: `AWS access key`, `name suggests a secret`. */
  pattern: string;
  /** `setting`: in a definition or variable; `code`: in a file of a repository or an inline script. */
  in: 'setting' | 'code';
  location?: CodeLocation;
  url?: string;
}

/**
 * A place where nobody could look for secrets. That nothing was found elsewhere says nothing about it.
 *
 * @public
 */
export interface UnsearchedPlace {
  /** In words: `build project shop-build`. */
  where: string;
  /** What a secret there would count as. */
  in: Leak['in'];
  unsearched: UnknownReason;
}

/**
 * A place that cannot be searched, be it for settings or for code.
 *
 * @public
 */
export function unsearchedPlace(
  where: string,
  unsearched: UnknownReason,
): UnsearchedPlace[] {
  return (['setting', 'code'] as const).map(kind => ({
    where,
    in: kind,
    unsearched,
  }));
}

/**
 * A step that looks for security problems.
 *
 * @public
 */
export interface SecurityTest {
  name: string;
  /** `trivy`, `CodeQL`, `InspectorScan` … */
  tool: string;
  stageId: string;
  /** True if the people whose code it tests can change or remove it. */
  editableByBuilders: Fact<boolean>;
  /** True if its result can stop the release. */
  blocking: Fact<boolean>;
  /** True if it runs before anything reaches production. */
  beforeProduction: Fact<boolean>;
  location?: CodeLocation;
}

/**
 * What starts a pipeline.
 *
 * @public
 */
export interface Trigger {
  kind:
    | 'push'
    | 'pull-request'
    | 'schedule'
    | 'upstream'
    | 'webhook'
    | 'manual';
  /** Branch patterns that start it; empty = all. */
  branches: string[];
  excludedBranches: string[];
  /** Whether code from outside (forks, unreviewed requests) runs, and what it gets. */
  untrusted: Fact<UntrustedRuns>;
}

/**
 * What code of people outside gets when it runs in the pipeline.
 *
 * @public
 */
export interface UntrustedRuns {
  possible: boolean;
  getsSecrets: boolean;
  getsFullToken: boolean;
  /** True if a maintainer must comment before it runs. */
  needsComment: boolean;
  /** Sentence that says what applies. */
  description: string;
}

/**
 * A value that somebody can give when a run starts.
 *
 * @public
 */
export interface PipelineInput {
  name: string;
  kind: 'parameter' | 'variable' | 'webhook';
  /** True if its values are limited by a list, a type or a check. */
  constrained: boolean;
  /** In words, why it counts as constrained or not. */
  because: string;
  /** Where it ends up, if that is dangerous. */
  sinks: Array<'script' | 'identity' | 'environment' | 'runner' | 'address'>;
  location?: CodeLocation;
}

/**
 * All that can be given to a run.
 *
 * @public
 */
export interface PipelineInputs {
  /** True if anybody who starts a run can set variables beyond the declared inputs. */
  anyVariableSettable: Fact<boolean>;
  declared: PipelineInput[];
  /** Why the inputs may end up in more places than their `sinks` say. */
  unfollowed?: UnknownReason;
}

/**
 * Untrusted text that reaches a shell.
 *
 * @public
 */
export interface Injection {
  /** The expression: `$(Build.SourceBranchName)`, `#{variables.Ref}`. */
  expression: string;
  where: string;
  location?: CodeLocation;
}

/**
 * Somebody who can change the pipeline.
 *
 * @public
 */
export interface Editor {
  principal: Principal;
  /** What they can do, by the source's names. */
  rights: string[];
  /**
   * Whether they can do everything to the pipeline, and if so, all the time or only after
   * they have activated it for a while. Absent where the source's reader does not tell.
   */
  administration?: Fact<'none' | 'standing' | 'time-bound'>;
}

/**
 * A machine or container that runs units of the pipeline.
 *
 * @public
 */
export interface Runner {
  name: string;
  hosting: 'provider' | 'own';
  /** True if other projects or teams run on the same machines. */
  sharedBeyondTeam: Fact<boolean>;
  /** True if every pipeline of the project may use it. */
  openToAllPipelines: Fact<boolean>;
  privileged: Fact<boolean>;
  /** Of the container, where it has one. */
  image?: Fact<string>;
}

/**
 * A place where a pipeline keeps what it builds until it is deployed.
 *
 * @public
 */
export interface ArtifactStore {
  /** As people know it: a bucket, a feed, the pipeline's own artifacts. */
  name: string;
  /** Ways in which its content can be replaced without a trace, each a sentence; empty = it cannot. */
  replaceable: Fact<string[]>;
  url?: string;
}

/**
 * Somebody or something that is told of runs.
 *
 * @public
 */
export interface Alert {
  name: string;
  on: Array<'failure' | 'any-state' | 'pipeline-change' | 'approval-needed'>;
  /** False for one that is switched off or that reaches nobody. */
  effective: Fact<boolean>;
}

/**
 * What is recorded, and whether it can be trusted later.
 *
 * @public
 */
export interface AuditTrail {
  /** True if changes to the pipeline are recorded outside the pipeline's reach. */
  changesRecorded: Fact<boolean>;
  /** True if builds emit logs and state that can be validated. */
  buildStateEmitted: Fact<boolean>;
  /** Newest finished run, ISO 8601; null = never ran. */
  lastRunAt: Fact<string | null>;
  /** True if something reviews the permissions of the pipeline's identities. */
  permissionsReviewed: Fact<boolean>;
}
