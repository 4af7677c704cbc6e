import { Fact } from '../model';

/**
 * Asks the source of a pipeline to check the policies of one of its identities.
 *
 * @public
 */
export interface PolicyValidationRequest {
  /** Id of an identity of the pipeline, as in its snapshot: the ARN of a role. */
  identityId: string;
}

/**
 * What the source says of one place in a policy.
 *
 * @public
 */
export interface PolicyRemark {
  kind: 'error' | 'security-warning' | 'warning' | 'suggestion';
  /** The source's own code: `PASS_ROLE_WITH_STAR_IN_RESOURCE`. */
  code: string;
  message: string;
  /** Where the source explains it. */
  url?: string;
}

/**
 * One policy of an identity, as the source has checked it.
 *
 * @public
 */
export interface ValidatedPolicy {
  /** `inline policy deploy`, `trust policy`. */
  name: string;
  /** None = nothing to say. */
  remarks: PolicyRemark[];
}

/**
 * The policies of an identity with what the source says of each, or why it could not be asked.
 *
 * @public
 */
export interface PolicyValidation {
  identityId: string;
  /** ISO 8601. */
  checkedAt: string;
  policies: Fact<ValidatedPolicy[]>;
}
