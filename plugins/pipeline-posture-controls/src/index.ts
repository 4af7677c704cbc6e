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
import { credentialIsRotated } from './credential-type/credential-is-rotated';
import { noLongLivedDeployCredential } from './credential-type/no-long-lived-deploy-credential';
import { noLongLivedSourceCredential } from './credential-type/no-long-lived-source-credential';
import { noPlaintextSecret } from './credential-type/no-plaintext-secret';
import { noSecretInPipelineCode } from './credential-type/no-secret-in-pipeline-code';
import { buildCannotUseTheDeployIdentity } from './identity-separation/build-cannot-use-the-deploy-identity';
import { identityServesOnePipeline } from './identity-separation/identity-serves-one-pipeline';
import { identityTrustsOnlyItsPipeline } from './identity-separation/identity-trusts-only-its-pipeline';
import { productionHasItsOwnIdentity } from './identity-separation/production-has-its-own-identity';
import { productionIsASeparateTarget } from './identity-separation/production-is-a-separate-target';
import { identityIsNotChosenByInput } from './input-validation/identity-is-not-chosen-by-input';
import { inputsAreConstrained } from './input-validation/inputs-are-constrained';
import { noUntrustedTextInAShell } from './input-validation/no-untrusted-text-in-a-shell';
import { identityCannotEscalate } from './least-privilege/identity-cannot-escalate';
import { identityCannotReadEverySecret } from './least-privilege/identity-cannot-read-every-secret';
import { identityHasNoUnneededBreadth } from './least-privilege/identity-has-no-unneeded-breadth';
import { identityIsNotAdmin } from './least-privilege/identity-is-not-admin';
import { noStandingPrivilegeWhenRarelyUsed } from './least-privilege/no-standing-privilege-when-rarely-used';
import { peopleHoldNoStandingAdmin } from './least-privilege/people-hold-no-standing-admin';
import { buildStateIsEmitted } from './monitoring/build-state-is-emitted';
import { changesAreRecorded } from './monitoring/changes-are-recorded';
import { failuresReachSomeone } from './monitoring/failures-reach-someone';
import { permissionsAreReviewed } from './monitoring/permissions-are-reviewed';
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
  buildStateIsEmitted,
  changesAreRecorded,
  credentialIsRotated,
  deploysWhereItsNameSays,
  failuresReachSomeone,
  gateCannotBeSkipped,
  identityCannotEscalate,
  identityCannotReadEverySecret,
  identityHasNoUnneededBreadth,
  identityIsNotAdmin,
  identityIsNotChosenByInput,
  identityServesOnePipeline,
  identityTrustsOnlyItsPipeline,
  inputsAreConstrained,
  mergeNeedsPassingChecks,
  newPushesResetApproval,
  noLongLivedDeployCredential,
  noLongLivedSourceCredential,
  noPlaintextSecret,
  noSecretInPipelineCode,
  noStandingPrivilegeWhenRarelyUsed,
  noUntrustedTextInAShell,
  onlyProtectedBranchesDeploy,
  peopleHoldNoStandingAdmin,
  permissionsAreReviewed,
  pipelineFileHasRequiredReviewers,
  pipelineNotEditableByBuilders,
  productionComesAfterPreproduction,
  productionHasItsOwnIdentity,
  productionIsASeparateTarget,
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
  identityCannotEscalate,
  identityHasNoUnneededBreadth,
  identityCannotReadEverySecret,
  noStandingPrivilegeWhenRarelyUsed,
  peopleHoldNoStandingAdmin,
  // credential-type
  noLongLivedDeployCredential,
  noLongLivedSourceCredential,
  noPlaintextSecret,
  noSecretInPipelineCode,
  credentialIsRotated,
  // identity-separation
  productionHasItsOwnIdentity,
  identityServesOnePipeline,
  buildCannotUseTheDeployIdentity,
  productionIsASeparateTarget,
  identityTrustsOnlyItsPipeline,
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
  // monitoring
  failuresReachSomeone,
  changesAreRecorded,
  buildStateIsEmitted,
  permissionsAreReviewed,
];
