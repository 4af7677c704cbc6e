/**
 * The controls that ask every provider the same question.
 *
 * @packageDocumentation
 */
import { Control } from 'backstage-plugin-pipeline-posture-node';
import { productionNeedsApproval } from './approval-gates/production-needs-approval';
import { requesterCannotApprove } from './approval-gates/requester-cannot-approve';
import { authorCannotApproveOwnChange } from './branch-protection/author-cannot-approve-own-change';
import { sourceBranchRequiresReview } from './branch-protection/source-branch-requires-review';
import { noLongLivedDeployCredential } from './credential-type/no-long-lived-deploy-credential';
import { noPlaintextSecret } from './credential-type/no-plaintext-secret';
import { buildCannotUseTheDeployIdentity } from './identity-separation/build-cannot-use-the-deploy-identity';
import { identityServesOnePipeline } from './identity-separation/identity-serves-one-pipeline';
import { productionHasItsOwnIdentity } from './identity-separation/production-has-its-own-identity';
import { inputsAreConstrained } from './input-validation/inputs-are-constrained';
import { identityIsNotAdmin } from './least-privilege/identity-is-not-admin';

export {
  authorCannotApproveOwnChange,
  buildCannotUseTheDeployIdentity,
  identityIsNotAdmin,
  identityServesOnePipeline,
  inputsAreConstrained,
  noLongLivedDeployCredential,
  noPlaintextSecret,
  productionHasItsOwnIdentity,
  productionNeedsApproval,
  requesterCannotApprove,
  sourceBranchRequiresReview,
};

/**
 * All provider-neutral controls, by dimension, in the order in which people see them.
 *
 * @public
 */
export const neutralControls: readonly Control[] = [
  // least-privilege
  identityIsNotAdmin,
  // credential-type
  noLongLivedDeployCredential,
  noPlaintextSecret,
  // identity-separation
  productionHasItsOwnIdentity,
  identityServesOnePipeline,
  buildCannotUseTheDeployIdentity,
  // branch-protection
  sourceBranchRequiresReview,
  authorCannotApproveOwnChange,
  // approval-gates
  productionNeedsApproval,
  requesterCannotApprove,
  // input-validation
  inputsAreConstrained,
];
