import { Fact } from './fact';
import { PipelineRef } from './ref';
import { Tier } from './stage';

/**
 * How an identity proves itself.
 *
 * @public
 */
export interface Credential {
  kind:
    | 'federated'
    | 'managed-identity'
    | 'role'
    | 'app-installation'
    | 'secret'
    | 'certificate'
    | 'access-key'
    | 'token'
    | 'ssh-key'
    | 'password'
    | 'none';
  /** True if somebody who copies it can use it elsewhere until it is rotated. */
  longLived: boolean;
  /** When it was last changed, ISO 8601, if the source tells. */
  changedAt?: string;
  /** When it stops working by itself, ISO 8601, if the source tells. */
  expiresAt?: string;
  /** What the source offers instead, where it is long-lived and there is something: `workload identity federation`. */
  alternative?: string;
}

/**
 * One right of an identity.
 *
 * - `administrator`: can do everything in an account, subscription or management group
 * - `wide`: far more than the pipeline's job (whole services, every resource)
 * - `narrow`: named resources
 *
 * @public
 */
export interface Grant {
  breadth: 'administrator' | 'wide' | 'narrow';
  /** In words: `Contributor on subscription Prod-01`, `AdministratorAccess`. */
  title: string;
  /** Where it comes from: policy and statement, role assignment. */
  origin?: string;
  /** When it ends by itself, ISO 8601; without it, it stands until somebody takes it away. */
  until?: string;
  /** Up to ten actions that show it. */
  actions: string[];
  /** What a narrower grant could be, to paste. */
  narrowed?: string;
  /** The question that it answers badly, for controls that look at one kind. */
  risk?:
    | 'escalation'
    | 'pass-any-role'
    | 'assume-any-role'
    | 'read-every-secret'
    | 'unconstrained-write'
    | 'whole-service'
    | 'not-action'
    | 'bypass-approval';
}

/**
 * One pipeline that an identity can be used by.
 *
 * @public
 */
export interface IdentityUse {
  pipeline: PipelineRef;
  name: string;
  /** Tiers of the stages that use it there; empty if it is only allowed to. */
  tiers: Array<Tier | 'unknown'>;
}

/**
 * Something that a pipeline acts as: a service connection's principal, an IAM role, a job token.
 *
 * @public
 */
export interface Identity {
  /** The same for every pipeline that uses the same principal: a role ARN, `entra:<tenant>/<application>`. */
  id: string;
  /** As people know it: `prod-arm`, `orders-deploy-role`. */
  name: string;
  /** `service connection`, `IAM role`, `job access token`, `repository connection`. */
  type: string;
  /** `deploy`: changes running systems; `build`: builds and tests; `source`: reads source code; `orchestrate`: runs the pipeline itself. */
  purposes: Array<'deploy' | 'build' | 'source' | 'orchestrate'>;
  credential: Fact<Credential>;
  /** Rights that matter; an empty list is known to be harmless. */
  grants: Fact<Grant[]>;
  /** Every pipeline that can use it, as far as this source knows. The collector joins in other scopes. */
  usedBy: Fact<IdentityUse[]>;
  /** Who besides this pipeline may become it; empty = nobody. Each entry is a sentence. */
  openTrust: Fact<string[]>;
  url?: string;
}
