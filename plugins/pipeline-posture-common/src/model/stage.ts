import { CodeLocation, Fact, UnknownReason } from './fact';
import { Principal } from './source';

/**
 * Where a deployment goes.
 *
 * @public
 */
export type Tier = 'production' | 'non-production';

/**
 * What a unit of execution does.
 *
 * @public
 */
export type UnitKind =
  | 'source'
  | 'build'
  | 'test'
  | 'deploy'
  | 'approval'
  | 'other';

/**
 * The smallest part of a pipeline that gets an identity: a job in Azure Pipelines, an action in CodePipeline.
 *
 * @public
 */
export interface ExecutionUnit {
  id: string;
  name: string;
  /** All that it does; a job that compiles and deploys has both. */
  kinds: UnitKind[];
  /** Ids of the identities (in `PipelineSnapshot.identities`) that it can use. */
  identityIds: Fact<string[]>;
  location?: CodeLocation;
}

/**
 * Something that must happen before a stage runs.
 *
 * @public
 */
export interface Gate {
  id: string;
  name: string;
  kind:
    | 'approval'
    | 'branch-control'
    | 'required-template'
    | 'condition'
    | 'business-hours'
    | 'transition-disabled'
    | 'other';
  /** What carries it: `environment payments-production`, `stage Production`. */
  on: string;
  /** False for a gate that is disabled or that lets everything through; `ineffectiveBecause` says why. */
  effective: boolean;
  ineffectiveBecause?: string;
  /** For approvals: who can give it, as far as known. */
  approvers: Principal[];
  /** Why `approvers` is not complete, if it is not. */
  approversUnread?: UnknownReason;
  /** For approvals: whether the one who started the run may approve it. */
  requesterCanApprove: Fact<boolean>;
  /** Whether builders or the pipeline itself can skip or lift it. */
  canBeSkipped: Fact<boolean>;
  url?: string;
}

/**
 * What the deploying units of a stage can change, by the identity that they use: a subscription, an account.
 *
 * @public
 */
export interface StageTarget {
  /** The same for every stage that reaches it: a subscription or account id, with the region where that parts them. */
  id: string;
  /** As people know it: `subscription Shop Production`, `account 111122223333`. */
  name: string;
  /** What its own name, tags or the operator's map say, whatever the stage is called. */
  tier: Fact<Tier>;
  /** The part of it that the identity is limited to, if it is: a resource group. */
  within?: string;
}

/**
 * A stage of a pipeline, in the order of execution.
 *
 * @public
 */
export interface Stage {
  id: string;
  name: string;
  /** True if it changes a running system. */
  deploys: boolean;
  /** Only meaningful where `deploys`. */
  tier: Fact<Tier>;
  /** What the stage can change; empty where it deploys nothing, or to something that is part of no account. */
  targets: Fact<StageTarget[]>;
  /** Name of the target: environment, account, cluster. */
  environment?: string;
  units: ExecutionUnit[];
  /** What must happen before its deploying units run. */
  gates: Fact<Gate[]>;
  /** Ids of stages that must have finished before. */
  dependsOn: string[];
  location?: CodeLocation;
  url?: string;
}
