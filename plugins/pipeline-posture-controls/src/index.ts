/**
 * The controls that ask every provider the same question.
 *
 * @packageDocumentation
 */
import { Control } from 'backstage-plugin-pipeline-posture-node';
import { approversAreFew } from './approval-gates/approvers-are-few';
import { deploysWhereItsNameSays } from './approval-gates/deploys-where-its-name-says';
import { gateCannotBeSkipped } from './approval-gates/gate-cannot-be-skipped';
import { productionComesAfterPreproduction } from './approval-gates/production-comes-after-preproduction';
import { productionNeedsApproval } from './approval-gates/production-needs-approval';
import { requesterCannotApprove } from './approval-gates/requester-cannot-approve';
import { authorCannotApproveOwnChange } from './branch-protection/author-cannot-approve-own-change';
import { branchPolicyCannotBeBypassed } from './branch-protection/branch-policy-cannot-be-bypassed';
import { mergeNeedsPassingChecks } from './branch-protection/merge-needs-passing-checks';
import { newPushesResetApproval } from './branch-protection/new-pushes-reset-approval';
import { onlyProtectedBranchesDeploy } from './branch-protection/only-protected-branches-deploy';
import { pipelineFileHasRequiredReviewers } from './branch-protection/pipeline-file-has-required-reviewers';
import { sourceBranchRequiresReview } from './branch-protection/source-branch-requires-review';
import { noLongLivedDeployCredential } from './credential-type/no-long-lived-deploy-credential';
import { noPlaintextSecret } from './credential-type/no-plaintext-secret';
import { buildCannotUseTheDeployIdentity } from './identity-separation/build-cannot-use-the-deploy-identity';
import { identityServesOnePipeline } from './identity-separation/identity-serves-one-pipeline';
import { productionHasItsOwnIdentity } from './identity-separation/production-has-its-own-identity';
import { identityIsNotChosenByInput } from './input-validation/identity-is-not-chosen-by-input';
import { inputsAreConstrained } from './input-validation/inputs-are-constrained';
import { noUntrustedTextInAShell } from './input-validation/no-untrusted-text-in-a-shell';
import { identityIsNotAdmin } from './least-privilege/identity-is-not-admin';
import { artifactsCannotBeSwapped } from './tamper-resistance/artifacts-cannot-be-swapped';
import { pipelineNotEditableByBuilders } from './tamper-resistance/pipeline-not-editable-by-builders';
import { securityTestCanStopTheRelease } from './tamper-resistance/security-test-can-stop-the-release';
import { securityTestNotEditableByBuilders } from './tamper-resistance/security-test-not-editable-by-builders';
import { securityTestRunsBeforeProduction } from './tamper-resistance/security-test-runs-before-production';
import { untrustedPullRequestsGetNothing } from './tamper-resistance/untrusted-pull-requests-get-nothing';

export {
  approversAreFew,
  artifactsCannotBeSwapped,
  authorCannotApproveOwnChange,
  branchPolicyCannotBeBypassed,
  buildCannotUseTheDeployIdentity,
  deploysWhereItsNameSays,
  gateCannotBeSkipped,
  identityIsNotAdmin,
  identityIsNotChosenByInput,
  identityServesOnePipeline,
  inputsAreConstrained,
  mergeNeedsPassingChecks,
  newPushesResetApproval,
  noLongLivedDeployCredential,
  noPlaintextSecret,
  noUntrustedTextInAShell,
  onlyProtectedBranchesDeploy,
  pipelineFileHasRequiredReviewers,
  pipelineNotEditableByBuilders,
  productionComesAfterPreproduction,
  productionHasItsOwnIdentity,
  productionNeedsApproval,
  requesterCannotApprove,
  securityTestCanStopTheRelease,
  securityTestNotEditableByBuilders,
  securityTestRunsBeforeProduction,
  sourceBranchRequiresReview,
  untrustedPullRequestsGetNothing,
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
  newPushesResetApproval,
  mergeNeedsPassingChecks,
  pipelineFileHasRequiredReviewers,
  branchPolicyCannotBeBypassed,
  onlyProtectedBranchesDeploy,
  // approval-gates
  productionNeedsApproval,
  requesterCannotApprove,
  approversAreFew,
  gateCannotBeSkipped,
  deploysWhereItsNameSays,
  productionComesAfterPreproduction,
  // tamper-resistance
  securityTestRunsBeforeProduction,
  securityTestNotEditableByBuilders,
  securityTestCanStopTheRelease,
  pipelineNotEditableByBuilders,
  untrustedPullRequestsGetNothing,
  artifactsCannotBeSwapped,
  // input-validation
  inputsAreConstrained,
  noUntrustedTextInAShell,
  identityIsNotChosenByInput,
];
