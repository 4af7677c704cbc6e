import { Fact, UnknownReason } from './fact';

/**
 * A person, group or service that holds a right.
 *
 * @public
 */
export interface Principal {
  /** As the source names it, for people to recognise. */
  name: string;
  kind: 'user' | 'group' | 'service' | 'unknown';
  /** True where practically every builder is in it (Contributors, Project Valid Users, an account's root). */
  broad: boolean;
}

/**
 * What protects a branch, as rules that the source host enforces.
 *
 * @public
 */
export interface BranchProtection {
  /** Enforced number of approvals before a change gets in; 0 = none. */
  minimumReviewers: number;
  /** True if the author's own approval counts towards it. */
  authorApprovalCounts: boolean;
  /** True if the approval of the person who pushed last counts towards it. */
  lastPusherApprovalCounts: boolean;
  /** True if approvals are taken back when new commits arrive. */
  approvalsResetOnPush: boolean;
  /** Names of the checks that must pass before a merge. */
  requiredChecks: string[];
  /** True if the pipeline's own file needs the approval of named reviewers. */
  pipelineFileHasRequiredReviewers: boolean;
  /** Rules that may be stricter than they are given here, with why nobody could tell. */
  unestablished?: {
    [rule in 'lastPusherApprovalCounts' | 'requiredChecks']?: UnknownReason;
  };
}

/**
 * A repository, bucket or image that a pipeline takes its input from.
 *
 * @public
 */
export interface PipelineSource {
  /** Stable within the pipeline. */
  id: string;
  kind: 'repository' | 'object-store' | 'image-registry' | 'other';
  /** `azure-repos`, `github`, `codecommit`, `bitbucket`, `gitlab`, `s3`, `ecr` … */
  host: string;
  /** As people name it: `Payments/payments-api`, `contoso/shipment-tracker`. */
  name: string;
  /** For people, and for the link by source location. */
  url?: string;
  /** Branch without `refs/heads/`. */
  branch?: string;
  /** `application`: what is built; `template`: pipeline code from elsewhere. */
  role: 'application' | 'template';
  /** Rules on that branch. Sources that have no branches say so by `not-applicable`. */
  protection: Fact<BranchProtection | 'not-applicable'>;
  /** Who may go around those rules. */
  bypassers: Fact<Principal[]>;
}
