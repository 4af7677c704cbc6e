import {
  CodeLocation,
  Leak,
  PipelineInput,
  UnitKind,
} from 'backstage-plugin-pipeline-posture-common';
import { HoleNode, SourceFile } from '../yaml/nodes';

/** A name that pipeline code gives: of a connection, an environment, a pool. */
export interface NamedUse {
  name: string;
  /** What else it may be, when that is a short list. */
  alternatives?: string[];
  /** True if it is only known when the pipeline runs. */
  undecided: boolean;
  /** Run-time parameters and variables that decide it. */
  uses: string[];
  location?: CodeLocation;
}

/** A service connection that a step names. */
export interface ConnectionUse extends NamedUse {
  /** False if the input only looks like one: it counts if a connection is called so. */
  certain: boolean;
}

/** A service connection that a resource of the whole pipeline takes. */
export interface ResourceConnection extends ConnectionUse {
  /** True if it only fetches a repository. */
  forCode: boolean;
}

/** Something that may be there and could not be resolved. */
export interface Gap {
  because: string;
  code: HoleNode['code'];
  location?: CodeLocation;
}

/** A step that looks for security problems, as far as the code says. */
export interface SecurityStep {
  tool: string;
  /** False if it is switched off, ignored or conditional; `unknown` if another system decides. */
  canFail: boolean | 'unknown';
  because?: string;
}

/** A step that waits for a person. */
export interface ManualStep {
  approvers: string[];
  requesterCanApprove: boolean;
  /** True if the run goes on when nobody answers. */
  resumes: boolean;
  /** Why it may hold nobody up, where its step is switched off, ignored or conditional. */
  neutralised?: string;
}

/** One step of a job. */
export interface StepReading {
  name: string;
  kinds: UnitKind[];
  connections: ConnectionUse[];
  /** Secure files that it downloads. */
  secureFiles?: string[];
  /** Ids of task groups that it runs. */
  taskGroup?: string;
  security?: SecurityStep;
  manual?: ManualStep;
  /** Where it puts what was built: into the run, onto a file share, or nobody knows. */
  publishes?: 'run' | 'share' | 'unknown';
  /** Set if it hands the job token to a script. */
  exposesToken?: string;
  /** Set if the pipeline's own code put it there, wherever its text stands. */
  chosen?: boolean;
  location?: CodeLocation;
}

/** Where a job runs. */
export interface PoolUse {
  /** Set for a pool that is named. */
  name?: NamedUse;
  /** Set for a queue that a classic pipeline names by id. */
  queueId?: number;
  vmImage?: string;
  /** A container image that the steps run in. */
  image?: NamedUse;
}

/** One job. */
export interface JobReading {
  id: string;
  name: string;
  /** Jobs of the same stage that come first. */
  dependsOn: string[];
  /** True for a deployment job. */
  deployment: boolean;
  environment?: NamedUse;
  pool: PoolUse;
  /** Variable groups by name or id. */
  groups: NamedUse[];
  steps: StepReading[];
  gaps: Gap[];
  /** True if an undecided condition says whether it is there at all. */
  conditional: boolean;
  /** Set if it has a condition of its own: it does not run each time. */
  sometimes?: boolean;
  /** Set if it runs even when others before it failed: only the failure of these keeps it from running. */
  heeds?: string[];
  /** Set if it may run after a part that was skipped: only these, if skipped, keep it from running. */
  heedsSkips?: string[];
  /** Set if it may count as succeeded when it failed. */
  failureIgnored?: boolean;
  location?: CodeLocation;
}

/** One stage. */
export interface StageReading {
  id: string;
  name: string;
  /** Number of a stage of a release, under which its permissions are kept. */
  environmentId?: number;
  dependsOn: string[];
  groups: NamedUse[];
  jobs: JobReading[];
  gaps: Gap[];
  conditional: boolean;
  /** Set if it has a condition of its own: it does not run each time. */
  sometimes?: boolean;
  /** Set if it runs even when others before it failed: only the failure of these keeps it from running. */
  heeds?: string[];
  /** Set if it may run after a part that was skipped: only these, if skipped, keep it from running. */
  heedsSkips?: string[];
  location?: CodeLocation;
}

/** What starts a pipeline, by its code. */
export interface TriggerReading {
  ci: { declared: boolean; off: boolean; include: string[]; exclude: string[] };
  pr: { declared: boolean; off: boolean; include: string[]; exclude: string[] };
  schedules: number;
  upstream: number;
}

/** A place where a value that somebody chooses ends up. */
export interface Sink {
  kind: PipelineInput['sinks'][number];
  /** The parameter or the variable that ends up there. */
  name: string;
  from: 'parameter' | 'macro';
  where: string;
  location?: CodeLocation;
}

/** A parameter that whoever starts a run chooses. */
export interface ParameterReading {
  name: string;
  type: string;
  constrained: boolean;
  because: string;
  location?: CodeLocation;
}

/** How an earlier job or stage ended. */
export type End = 'failed' | 'skipped';

/** Changes whenever readings hold something that they did not hold before: what was remembered is then read anew. */
export const READING_VERSION = 8;

/** Everything that the code of a pipeline says. Holds no text of scripts and no values of variables. */
export interface CodeReading {
  stages: StageReading[];
  /** Why stages may be missing. */
  gaps: Gap[];
  /** Variable groups at the root. */
  groups: NamedUse[];
  triggers: TriggerReading;
  parameters: ParameterReading[];
  sinks: Sink[];
  leaks: Leak[];
  injections: Array<{
    expression: string;
    where: string;
    location?: CodeLocation;
  }>;
  /** Repositories that it names as resources. */
  repositories: Array<{
    alias: string;
    type: string;
    project: string;
    repository: string;
    ref: string;
  }>;
  /** Connections that its resources take, beside those of its steps. */
  connections: ResourceConnection[];
  extended?: SourceFile;
  files: SourceFile[];
}
