/**
 * The controls that ask every provider the same question.
 *
 * @packageDocumentation
 */
import { Control } from 'backstage-plugin-pipeline-posture-node';
import { productionNeedsApproval } from './approval-gates/production-needs-approval';
import { identityIsNotAdmin } from './least-privilege/identity-is-not-admin';

export { identityIsNotAdmin, productionNeedsApproval };

/**
 * All provider-neutral controls, by dimension, in the order in which people see them.
 *
 * @public
 */
export const neutralControls: readonly Control[] = [
  // least-privilege
  identityIsNotAdmin,
  // approval-gates
  productionNeedsApproval,
];
