import {
  Fact,
  Gate,
  Leak,
  PipelineKind,
  PipelineLocator,
  PipelineRef,
  PipelineSource,
  Trigger,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineAccess } from '../collect/protectedResources';
import { CodeReading } from '../reading/types';

/** A pipeline of any kind, read and not yet judged against the resources of its project. */
export interface PipelineDraft {
  ref: PipelineRef;
  kind: PipelineKind;
  name: string;
  url: string;
  enabled: boolean;
  locators: PipelineLocator[];
  /** Id of its build definition, under which permissions name it; none for a release. */
  definitionId?: number;
  /** Security token of the pipeline in its namespace. */
  securityToken: string;
  code: Fact<CodeReading>;
  sources: Fact<PipelineSource[]>;
  /** Gates that stand in the pipeline itself, by stage: approvals of a release. */
  ownGates: ReadonlyMap<string, Gate[]>;
  /** Values in the definition that look like secrets. */
  leaks: Leak[];
  /** Variables of the definition that may be set when a run starts. */
  settableVariables: string[];
  anyVariableSettable: Fact<boolean>;
  triggers: Fact<Trigger[]>;
  lastRunAt: Fact<string | null>;
  /** Pipelines whose artifacts it deploys: definition ids of this project, `elsewhere` for any other. */
  upstream: Array<number | 'elsewhere'>;
  /** Who may use the other repositories that its code names. */
  repositoryAccess: Array<{ title: string; access: Fact<PipelineAccess> }>;
  /** Id of the connection that fetches a repository on another host. */
  sourceConnection?: string;
  /** `projectCollection` or `project`, of a classic build; `differs` if a job has one of its own. */
  jobScope?: string;
  /** The queue of jobs whose code names no pool. */
  defaultQueue?: { id: number; hosted: boolean };
  /** File with the pipeline's code, in its own repository. */
  file?: string;
}
